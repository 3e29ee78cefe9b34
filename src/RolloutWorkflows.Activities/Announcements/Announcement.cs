namespace RolloutWorkflows.Activities;

/// <summary>What a webhook gets, as a JSON body. <see cref="Text"/> alone is enough for most chat programs.</summary>
internal sealed record Announcement
{
    /// <summary>The same in every delivery of one announcement: show it once.</summary>
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required string Audience { get; init; }

    public required string Run { get; init; }

    public string? Stage { get; init; }

    public required DateTimeOffset At { get; init; }
}
