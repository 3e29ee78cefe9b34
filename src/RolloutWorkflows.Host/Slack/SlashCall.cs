namespace RolloutWorkflows.Host;

/// <summary>A slash command that somebody wrote.</summary>
internal sealed record SlashCall
{
    public required SlackSender Sender { get; init; }

    /// <summary>Where it was written, and where its writer can be answered.</summary>
    public required SlackPlace Place { get; init; }

    /// <summary>The command's word, such as <c>/rollout</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What follows the command's word, as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>The same however often Slack delivers it.</summary>
    public required string TriggerId { get; init; }

    /// <summary>Reads the fields of a slash command; null: Slack only looks whether somebody answers.</summary>
    /// <exception cref="ProblemException">400: it is not what Slack documents.</exception>
    public static SlashCall? Read(Func<string, string?> field)
    {
        if (field("ssl_check") == "1") return null;
        return new SlashCall
        {
            Sender = new SlackSender
            {
                Team = SlackJson.CheckId(field("team_id"), "team_id"),
                Enterprise = SlackJson.CheckId(field("enterprise_id"), "enterprise_id"),
                User = SlackJson.Require(SlackJson.CheckId(field("user_id"), "user_id"), "user_id"),
                Name = field("user_name"),
                App = SlackJson.CheckId(field("api_app_id"), "api_app_id"),
            },
            Place = new SlackPlace { Channel = SlackJson.CheckId(field("channel_id"), "channel_id"), ResponseUrl = field("response_url") },
            Command = field("command") is { Length: > 0 and <= 32 } command ? command : "/rollout",
            Text = Unescaped(field("text") ?? ""),
            TriggerId = SlackJson.Require(field("trigger_id"), "trigger_id") is { Length: > 0 and <= 128 } id ? id : throw SlackProblems.Odd("'trigger_id' has an odd length"),
        };
    }

    /// <summary>Slack escapes three characters, and no others.</summary>
    private static string Unescaped(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
