namespace RolloutWorkflows.Activities;

/// <summary>Whom a bot token belongs to.</summary>
public sealed record SlackIdentity
{
    /// <summary>The workspace's id, such as <c>T012AB3CD</c>.</summary>
    public required string TeamId { get; init; }

    /// <summary>The workspace's name.</summary>
    public required string Team { get; init; }

    /// <summary>The bot's user id.</summary>
    public required string UserId { get; init; }

    /// <summary>The bot's name.</summary>
    public required string User { get; init; }

    public string? BotId { get; init; }

    /// <summary>What the token may do; null: Slack did not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
