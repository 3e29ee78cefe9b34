namespace RolloutWorkflows.Orchestrations;

/// <summary>How long a fault went on before a guardrail's breach told of it.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>When the run last changed something, on the real clock.</summary>
    private DateTimeOffset? changedAt;

    /// <summary>When the watch began that tells of guardrails now, on the real clock: what was before it, it does not know.</summary>
    private DateTimeOffset watchedSince;

    /// <summary>
    /// From the first of the measurements that led to the breach; and where the guardrail was never green after the run's
    /// last change, from that change, which then brought the fault.
    /// </summary>
    private TimeSpan? DetectionOf(SoakEvent happened)
    {
        if (happened is not { BadSince: { } since, Measurement: { } breach }) return null;
        var began = changedAt is { } change && change < since && change >= watchedSince && !(happened.CleanAt > change) ? change : since;
        return breach.MeasuredAt > began ? breach.MeasuredAt - began : TimeSpan.Zero;
    }
}
