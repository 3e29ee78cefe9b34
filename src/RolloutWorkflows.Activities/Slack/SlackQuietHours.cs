namespace RolloutWorkflows.Activities;

/// <summary>Hours in which only what needs people at once is posted; the rest waits for a digest when they end.</summary>
public sealed record SlackQuietHours
{
    /// <summary>Whose clock <see cref="From"/> and <see cref="To"/> are told by.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>When they begin. Where daylight saving leaves that time out they begin at the next minute that exists.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>When they end; on the next day where it is not later than <see cref="From"/>.</summary>
    public required TimeOnly To { get; init; }

    /// <summary>The days on which they begin; empty: every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];
}
