namespace RolloutWorkflows.Orchestrations;

/// <summary>How far a lane of the outbox got.</summary>
public sealed record LaneProgress
{
    /// <summary>True: the run has ended and everything was delivered, or another orchestration has the lane.</summary>
    public bool IsFinished { get; init; }

    /// <summary>When to come again, in real time; null: only when there is news.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>What has been shown that somebody waits for.</summary>
    public IReadOnlyList<ShownMark> Shown { get; init; } = [];
}
