namespace RolloutWorkflows.Activities;

/// <summary>What became of a change, with the flag before and after it.</summary>
public sealed record FlagChangeResult
{
    public required FlagChangeOutcome Outcome { get; init; }

    /// <summary>Null where the flag did not exist.</summary>
    public FlagState? Before { get; init; }

    /// <summary>The state that stands now; null only where a refused change concerns a flag that does not exist.</summary>
    public FlagState? After { get; init; }

    /// <summary>For a refused change: the fence that stood in its way.</summary>
    public FlagFence? RefusedBy { get; init; }
}
