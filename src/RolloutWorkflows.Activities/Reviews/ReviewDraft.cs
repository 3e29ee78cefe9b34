namespace RolloutWorkflows.Activities;

/// <summary>A post-incident review as far as the run's own facts go; the rest is left to people.</summary>
public sealed record ReviewDraft
{
    public required string RunId { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    /// <summary>Why it went back.</summary>
    public required string Cause { get; init; }

    /// <summary>When what went back first took effect; null where nothing had.</summary>
    public DateTimeOffset? ExposedAt { get; init; }

    /// <summary>The first measurement that failed; null where people noticed it, or a step failed.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When the way back began.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When it was done; null while it goes on.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>From the beginning of the fault to the breach, as the metric <c>mttd</c> counts it; null where no guardrail saw it, or while the way back goes on.</summary>
    public TimeSpan? TimeToDetect { get; init; }

    /// <summary>From the breach or the command to the last read-back, as the metric <c>mttr</c> counts it; null while the way back goes on.</summary>
    public TimeSpan? TimeToRecover { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public required string Markdown { get; init; }
}
