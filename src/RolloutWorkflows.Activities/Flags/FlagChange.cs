namespace RolloutWorkflows.Activities;

/// <summary>A change to one flag: who makes it, why, and for which run.</summary>
public sealed record FlagChange
{
    public required string Flag { get; init; }

    /// <summary>A person, or <c>rollout</c>.</summary>
    public required string Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>Null for a change by hand, which is always accepted.</summary>
    public FlagFence? Fence { get; init; }

    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    /// <summary>
    /// The state after the change, from the state before it (null where the flag does not exist). Called under the
    /// store's write lock, possibly more than once: it must be pure and quick. Name, version, who and when are the
    /// store's to fill in.
    /// </summary>
    public required Func<FlagState?, FlagState> Apply { get; init; }
}
