using Phase2Api;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>The flags and the environment file of the run under test, as the gateway asks for them.</summary>
internal sealed class Phase2Switches : ISwitches
{
    /// <summary>The run's flags; null: nobody has any yet.</summary>
    public IFlagStore? Flags { get; set; }

    /// <summary>The host's root folder; null: it is not there yet.</summary>
    public string? Root { get; set; }

    public async Task<bool> HasFlagAsync(string name, CancellationToken cancellation) =>
        Flags is not null && await Flags.FindAsync("phase2_v2", cancellation) is { } flag && FlagEvaluator.IsOn(flag, name);

    public string? Variable(string name) => Root is null ? null : Switches.Read(Path.Combine(Root, "files", "gateway.env"), name);
}
