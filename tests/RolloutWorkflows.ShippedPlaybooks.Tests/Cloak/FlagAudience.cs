using CloakMarketplace;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>The marketplace's audience as the run's own flags say.</summary>
internal sealed class FlagAudience : IAudience
{
    /// <summary>Known once the run starts.</summary>
    public IFlagStore? Flags { get; set; }

    public async ValueTask<Admission> OfAsync(string surface, CancellationToken cancellation)
    {
        if (Flags is null || await Flags.FindAsync($"cloak_marketplace_{surface}", cancellation) is not { Enabled: true } flag) return Admission.Nobody;
        return new Admission(flag.Percent >= 100, flag.Canary.Enabled ? flag.Canary.Users : []);
    }
}
