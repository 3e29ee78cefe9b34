namespace RolloutWorkflows.Activities;

/// <summary>One way out of one run: its messages go out in order, one at a time, by one orchestration.</summary>
public sealed record OutboxLane
{
    public required string RunId { get; init; }

    /// <summary>A channel's name, or <c>webhook:NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True: its messages are made of the lines of the run's record. False: it carries announcements to one place.</summary>
    public bool IsOfChannel => !Name.Contains(':', StringComparison.Ordinal);

    /// <summary>The position in the run's record up to which lines have become messages.</summary>
    public long Cursor { get; init; }

    /// <summary>How often it was told that there is news. A lane that has finished compares it, so that no news slips by.</summary>
    public long News { get; init; }

    /// <summary>How often it was opened, from 1: each time has an orchestration of its own.</summary>
    public int Opening { get; init; } = 1;

    /// <summary>True: the run has ended and everything was delivered. News opens it again.</summary>
    public bool IsFinished { get; init; }

    /// <summary>When what is edited in place was last brought to the run's present state.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>How often refreshing failed since it last succeeded.</summary>
    public int FailedRefreshes { get; init; }

    /// <summary>No refresh before, since the last one failed; null: any time.</summary>
    public DateTimeOffset? NextRefresh { get; init; }

    /// <summary>Why the last refresh failed; null where it did not.</summary>
    public string? Problem { get; init; }
}
