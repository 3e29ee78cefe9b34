namespace RolloutWorkflows.Activities;

/// <summary>How this host is connected to Slack. Register it as a singleton before the activities; without it there is no Slack. Secrets stand here by name only.</summary>
public sealed record SlackOptions
{
    /// <summary>Slack's Web API.</summary>
    public static readonly Uri DefaultApi = new("https://slack.com/api/");

    /// <summary>The secret that holds the bot token (<c>xoxb-…</c>); null: this host is not connected.</summary>
    public string? BotToken { get; init; }

    /// <summary>The secret with which Slack signs what it sends; null: it may send nothing.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The secret that holds the app token (<c>xapp-…</c>); null: no Socket Mode.</summary>
    public string? AppToken { get; init; }

    /// <summary>The workspace whose people are heard and mentioned, such as <c>T012AB3CD</c>.</summary>
    public string? Team { get; init; }

    /// <summary>The app that people speak to, such as <c>A012AB3CD</c>; null: any app of the workspace that knows the secrets.</summary>
    public string? App { get; init; }

    /// <summary>Where the Web API is; its path ends with a slash.</summary>
    public Uri Api { get; init; } = DefaultApi;

    /// <summary>When only what needs people at once is posted; null: never.</summary>
    public SlackQuietHours? QuietHours { get; init; }
}
