using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>What Slack's refusals mean, and what is to be done about them. Pure.</summary>
internal static partial class SlackErrors
{
    /// <summary>Where Slack does not say how long to stay away.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(30);

    private static readonly HashSet<string> Later =
        ["fatal_error", "internal_error", "service_unavailable", "request_timeout", "team_added_to_org", "org_login_required", "no_error_named"];

    private static readonly Dictionary<string, string> Unauthorized = new(StringComparer.Ordinal)
    {
        ["not_authed"] = "it got no token",
        ["invalid_auth"] = "the token is not valid; copy it again from the app's page into the secret",
        ["account_inactive"] = "the token belongs to a workspace or user that is gone",
        ["token_revoked"] = "the token was revoked; install the app again and copy the new one into the secret",
        ["token_expired"] = "the token has expired; copy a new one into the secret",
        ["not_allowed_token_type"] = "the token is of the wrong type; the bot token begins with xoxb-, the app token with xapp-",
        ["no_permission"] = "the token may not do that",
        ["access_denied"] = "the token may not do that",
        ["ekm_access_denied"] = "the workspace's administrators suspended posting",
        ["team_access_not_granted"] = "the app is not installed in that workspace",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["channel_not_found"] = "there is no such channel, or it is private and the app is not in it; check the id in the playbook, and invite the app there",
        ["not_in_channel"] = "the app is not in the channel; invite it there with /invite",
        ["is_archived"] = "the channel is archived; unarchive it, or name another one",
        ["invalid_blocks"] = "Slack does not take the message's form; please report that as a fault of this service",
        ["restricted_action"] = "the workspace lets not everybody post there; allow the app",
        ["message_not_found"] = "the message is gone",
        ["thread_not_found"] = "the thread is gone",
        ["cant_update_message"] = "the message is not the app's",
        ["expired_trigger_id"] = "it came later than three seconds after the click",
    };

    public static SlackException NotConnected(string setting) =>
        new(SlackProblem.Unauthorized, $"this host is not connected to Slack: extensions.rollout.slack.{setting} in host.json names no secret");

    public static SlackException RateLimited(string what, TimeSpan after) =>
        new(SlackProblem.RateLimited, string.Create(CultureInfo.InvariantCulture, $"Slack takes no {what} for another {after.TotalSeconds:0} s")) { After = after, Error = "ratelimited" };

    /// <summary>What an answer's status says against it; null where it is 200.</summary>
    public static SlackException? OfStatus(string what, OutboundAnswer answer) => answer.Status switch
    {
        200 => null,
        429 => RateLimited(what, After(answer.Headers)),
        404 or 410 when what == "the response address" => new SlackException(SlackProblem.Refused, "the click or command is too old to be answered, or was answered five times"),
        var status => new SlackException(SlackProblem.Unavailable, $"Slack answered {status} to {what}") { MayBeDone = status >= 500 },
    };

    /// <summary>What one of Slack's words means.</summary>
    public static SlackException Of(string method, string error, SlackAnswer answer)
    {
        // Slack's words are short; anything else is not repeated, whatever it holds.
        var word = Word().IsMatch(error) ? error : "an error that it did not name";
        if (word is "ratelimited" or "rate_limited") return RateLimited(method, After(answer.Headers));
        if (Later.Contains(word)) return new SlackException(SlackProblem.Unavailable, $"Slack could not carry out {method}: {word}") { Error = word, MayBeDone = true };
        if (word == "missing_scope") return new SlackException(SlackProblem.Unauthorized, $"Slack refused {method}: the app lacks the scope {Known(answer.Text("needed"))}; add it and install the app again") { Error = word };
        if (Unauthorized.TryGetValue(word, out var why)) return new SlackException(SlackProblem.Unauthorized, $"Slack refused {method}: {word}, {why}") { Error = word };
        var explained = Refused.TryGetValue(word, out var meaning) ? $"{word}: {meaning}" : word;
        return new SlackException(SlackProblem.Refused, $"Slack refused {method}: {explained}{Details(answer)}") { Error = word };
    }

    private static TimeSpan After(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("Retry-After", out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : UsualPause;

    private static string Details(SlackAnswer answer)
    {
        if (!answer.Body.TryGetProperty("response_metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object) return "";
        if (!metadata.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array) return "";
        var first = messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.String).Select(message => message.GetString()!).FirstOrDefault();
        return first is null ? "" : $" ({SlackText.Cut(SlackText.Escape(first), 200)})";
    }

    private static string Known(string? scope) => scope is not null && Word().IsMatch(scope) ? scope : "that it needs";

    [GeneratedRegex("^[a-z0-9_:.,-]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
