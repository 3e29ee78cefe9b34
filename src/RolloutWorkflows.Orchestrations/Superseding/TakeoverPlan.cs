namespace RolloutWorkflows.Orchestrations;

/// <summary>Whether a run can take over from an earlier one, and with what.</summary>
public sealed record TakeoverPlan
{
    /// <summary>One sentence each: what stands in the way, what was expected, and what to do. Empty where it can.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    /// <summary>What the new run is pinned to; of use only without obstacles.</summary>
    public required SupersededRun Run { get; init; }
}
