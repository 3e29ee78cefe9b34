using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Reads what Slack answers. What is missing there is a <see cref="SlackException"/>. Pure.</summary>
internal static class SlackReading
{
    public static SlackPosted Posted(SlackAnswer answer) => new(Required(answer, "channel"), Required(answer, "ts"));

    public static string ViewId(SlackAnswer answer) =>
        answer.Body.TryGetProperty("view", out var view) && SlackAnswer.TextOf(view, "id") is { } id ? id : throw Missing("view");

    public static Uri? Connection(SlackAnswer answer) => Uri.TryCreate(answer.Text("url"), UriKind.Absolute, out var address) ? address : null;

    public static SlackIdentity Identity(SlackAnswer answer) => new()
    {
        TeamId = Required(answer, "team_id"),
        Team = answer.Text("team") ?? "",
        UserId = Required(answer, "user_id"),
        User = answer.Text("user") ?? "",
        BotId = answer.Text("bot_id"),
        Scopes = answer.Headers.TryGetValue("x-oauth-scopes", out var scopes) ? scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null,
    };

    public static SlackMessages Messages(SlackAnswer answer)
    {
        if (!answer.Body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array) throw Missing("messages");
        var next = answer.Body.TryGetProperty("response_metadata", out var metadata) ? SlackAnswer.TextOf(metadata, "next_cursor") : null;
        return new SlackMessages([.. messages.EnumerateArray().Select(Standing).OfType<SlackStanding>()], string.IsNullOrEmpty(next) ? null : next);
    }

    private static SlackStanding? Standing(JsonElement message) => SlackAnswer.TextOf(message, "ts") is not { } ts ? null : new SlackStanding
    {
        Ts = ts,
        Thread = SlackAnswer.TextOf(message, "thread_ts"),
        User = SlackAnswer.TextOf(message, "user"),
        BotId = SlackAnswer.TextOf(message, "bot_id"),
        Text = SlackAnswer.TextOf(message, "text") ?? "",
        Metadata = Metadata(message),
    };

    private static SlackMetadata? Metadata(JsonElement message)
    {
        if (!message.TryGetProperty("metadata", out var metadata) || SlackAnswer.TextOf(metadata, "event_type") is not { } type) return null;
        var payload = metadata.TryGetProperty("event_payload", out var given) && given.ValueKind == JsonValueKind.Object ? JsonObject.Create(given.Clone())! : [];
        return new SlackMetadata(type, payload);
    }

    private static string Required(SlackAnswer answer, string name) => answer.Text(name) ?? throw Missing(name);

    private static SlackException Missing(string name) => new(SlackProblem.Unavailable, $"Slack's answer lacks {name}") { MayBeDone = true };
}
