namespace RolloutWorkflows.Activities;

/// <summary>A message as it stands in Slack.</summary>
public sealed record SlackStanding
{
    public required string Ts { get; init; }

    public string? Thread { get; init; }

    /// <summary>Who wrote it: a person or a bot's user; null for what has no author.</summary>
    public string? User { get; init; }

    /// <summary>The bot that posted it; null: a person.</summary>
    public string? BotId { get; init; }

    public string Text { get; init; } = "";

    public SlackMetadata? Metadata { get; init; }
}
