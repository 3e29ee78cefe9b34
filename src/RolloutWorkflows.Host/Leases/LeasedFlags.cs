using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Keeps changes by hand away from flags that a run holds, unless an admin forces them; then the run is told.</summary>
internal sealed class LeasedFlags(LeaseKeeper keeper, DurableTaskClient client)
{
    /// <summary>The run that holds the flag; null where it is free.</summary>
    /// <param name="flag">The flag's name.</param>
    /// <param name="glass">The caller's will to force it; null: none.</param>
    /// <param name="isAdmin">Whether he may.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">409: a run holds it. 403: only an admin may force it. 400: the reason is missing or too long.</exception>
    public async Task<Lease?> FindHolderAsync(string flag, BreakGlass? glass, bool isAdmin, CancellationToken cancellation)
    {
        if (glass is not null && string.IsNullOrWhiteSpace(glass.Reason)) throw Problems.BadRequest("'breakGlass.reason' is missing: a change that is forced needs one.", "Say why: \"breakGlass\": { \"reason\": \"…\" } (command line: --break-glass REASON).");
        WrittenText.Reason(glass?.Reason, "breakGlass.reason");
        var lease = await keeper.FindHolderAsync($"flag:{flag}", cancellation);
        if (lease is null) return null;
        if (glass is null) throw LeaseProblems.FlagLeased(flag, lease);
        return isAdmin ? lease : throw Problems.Forbidden($"Flag '{flag}' is held by run {lease.RunId}, and only an admin may change it all the same.", "Ask an admin, or tell the run what you want: `rollout hold`, `rollout rollback`.");
    }

    /// <summary>Tells the run what was done to its flag. Where this gets lost, the run finds a changed value by itself at its next look.</summary>
    public async Task TellAsync(Lease lease, string actor, BreakGlass glass, FlagChangeResult change)
    {
        if (change.Outcome != FlagChangeOutcome.Changed) return;
        try
        {
            await client.RaiseEventAsync(lease.RunId, OrchestrationNames.SignalEvent, new RunSignal
            {
                Kind = RunSignalKind.GlassBroken,
                From = "host",
                Actor = actor,
                Reason = glass.Reason,
                Message = $"{actor} changed {lease.Target} by hand, from {Describe(change.Before)} to {Describe(change.After)} (break-glass)",
            }, CancellationToken.None);
        }
        catch (EventNotDeliverableException)
        {
            // The run ended at this moment, and with it its interest.
        }
    }

    private static string Describe(FlagState? flag) => flag switch
    {
        null => "no flag",
        { Enabled: false } => "off",
        { Kind: FlagKind.Boolean } => "on",
        _ => string.Create(CultureInfo.InvariantCulture, $"{flag.Percent:0.######} %{(flag.Canary.Enabled ? $" and a canary of {flag.Canary.Users.Count}" : "")}"),
    };
}
