namespace RolloutWorkflows.Playbooks;

/// <summary>How often an Errored step is tried again. A Failed one is an answer and is not.</summary>
public sealed record StepRetry
{
    /// <summary>Tries in all, the first included; default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Wait before the second try; default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Factor on the wait from try to try; default 2.</summary>
    public double Backoff { get; init; } = 2;

    /// <summary>No further try starts after this long; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
