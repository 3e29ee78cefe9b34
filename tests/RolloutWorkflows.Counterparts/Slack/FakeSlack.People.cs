using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>What people do in Slack, as it is sent to the app: clicks, dialogs, slash commands.</summary>
public sealed partial class FakeSlack
{
    private static readonly HttpClient Sender = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>Somebody clicks a button of a message as it stands now.</summary>
    /// <param name="user">Who.</param>
    /// <param name="message">Where; an older version has the buttons it had then, as in a client that lags behind.</param>
    /// <param name="actionId">Which button.</param>
    /// <param name="delivery">How it is sent.</param>
    /// <param name="value">What the button carries, in place of its own value.</param>
    public Task<FakeSlackAnswer> ClickAsync(string user, FakeSlackMessage message, string actionId, FakeSlackDelivery delivery, string? value = null) =>
        SendAsync("interactive", ClickOf(user, message, actionId, delivery, value), delivery);

    /// <summary>The payload of a click, so that the same one can be sent several times.</summary>
    public JsonObject ClickOf(string user, FakeSlackMessage message, string actionId, FakeSlackDelivery? delivery = null, string? value = null)
    {
        var button = message.Button(actionId) ?? throw new InvalidOperationException($"the message has no button {actionId}; it has {string.Join(", ", message.Buttons)}");
        var action = (JsonObject)button.DeepClone();
        (action["block_id"], action["action_ts"]) = (message.BlockOf(actionId), Locked(NextTs));
        if (value is not null) action["value"] = value;
        var container = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.Channel, ["is_ephemeral"] = false };
        if (message.Thread is not null) container["thread_ts"] = message.Thread;
        var payload = Interaction("block_actions", user, delivery);
        payload["container"] = container;
        payload["channel"] = new JsonObject { ["id"] = message.Channel, ["name"] = "rollouts" };
        payload["message"] = Locked(() => ToJson(message, withMetadata: true));
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = ResponseUrl(user, delivery, message);
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    /// <summary>Somebody sends a dialog off.</summary>
    /// <param name="view">Which.</param>
    /// <param name="values">What they wrote: block id and action id, joined by a slash, to text.</param>
    /// <param name="delivery">How it is sent.</param>
    /// <param name="user">Who, in place of the one who opened it.</param>
    public Task<FakeSlackAnswer> SubmitAsync(FakeSlackView view, IReadOnlyDictionary<string, string?> values, FakeSlackDelivery delivery, string? user = null) =>
        SendAsync("interactive", SubmissionOf(view, values, delivery, user), delivery);

    /// <summary>The payload of a dialog sent off.</summary>
    public JsonObject SubmissionOf(FakeSlackView view, IReadOnlyDictionary<string, string?> values, FakeSlackDelivery? delivery = null, string? user = null)
    {
        var payload = Interaction("view_submission", user ?? view.User, delivery);
        var sent = (JsonObject)view.View.DeepClone();
        (sent["id"], sent["team_id"], sent["app_id"], sent["bot_id"]) = (view.Id, delivery?.Team ?? Team, AppId, BotId);
        var entered = new JsonObject();
        foreach (var (place, text) in values)
        {
            var parts = place.Split('/', 2);
            entered[parts[0]] ??= new JsonObject();
            entered[parts[0]]![parts[1]] = new JsonObject { ["type"] = "plain_text_input", ["value"] = text };
        }

        sent["state"] = new JsonObject { ["values"] = entered };
        payload["view"] = sent;
        payload["response_urls"] = new JsonArray();
        return payload;
    }

    /// <summary>Somebody writes a slash command.</summary>
    public Task<FakeSlackAnswer> SlashAsync(string user, string text, FakeSlackDelivery delivery, string channel = "C0ROLLOUT", string command = "/rollout") =>
        SendAsync("slash_commands", SlashOf(user, text, delivery, channel, command), delivery);

    /// <summary>The fields of a slash command.</summary>
    public JsonObject SlashOf(string user, string text, FakeSlackDelivery? delivery = null, string channel = "C0ROLLOUT", string command = "/rollout") => new()
    {
        ["token"] = "verification-token",
        ["team_id"] = delivery?.Team ?? Team,
        ["team_domain"] = "rollout-tests",
        ["channel_id"] = channel,
        ["channel_name"] = "rollouts",
        ["user_id"] = user,
        ["user_name"] = NameOf(user),
        ["command"] = command,
        ["text"] = text,
        ["api_app_id"] = AppId,
        ["is_enterprise_install"] = "false",
        ["response_url"] = ResponseUrl(user, delivery, null),
        ["trigger_id"] = NewTrigger(user),
    };

    /// <summary>Sends a payload: through the socket, or signed as a form over HTTP.</summary>
    /// <param name="type">The envelope's type: <c>interactive</c> or <c>slash_commands</c>.</param>
    /// <param name="payload">What is sent.</param>
    /// <param name="delivery">How.</param>
    public Task<FakeSlackAnswer> SendAsync(string type, JsonObject payload, FakeSlackDelivery delivery)
    {
        if (delivery.To is null) return SendBySocketAsync(type, payload, delivery.RetryNum);
        var fields = type == "slash_commands"
            ? payload.Select(field => KeyValuePair.Create(field.Key, (string?)field.Value))
            : [KeyValuePair.Create("payload", (string?)payload.ToJsonString())];
        return SendSignedAsync(string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value ?? "").Replace("%20", "+", StringComparison.Ordinal)}")), delivery);
    }

    /// <summary>Posts a body with Slack's headers.</summary>
    public async Task<FakeSlackAnswer> SendSignedAsync(string body, FakeSlackDelivery delivery, string contentType = "application/x-www-form-urlencoded")
    {
        var timestamp = (delivery.Timestamp ?? time.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = delivery.Signature ?? Sign(timestamp, body, delivery.SigningSecret ?? SigningSecret);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.To) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Tamper?.Invoke(body) ?? body)) };
        // Without a charset, as Slack does: its own receiver takes no form with one.
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        if (signature.Length > 0) request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        if (delivery.RetryNum is { } number)
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Retry-Num", number.ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("X-Slack-Retry-Reason", "http_timeout");
        }

        var started = Stopwatch.GetTimestamp();
        using var answer = await Sender.SendAsync(request);
        return new FakeSlackAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>A signature as Slack makes it: <c>v0=</c> and the HMAC-SHA256 of version, time and body.</summary>
    public static string Sign(string timestamp, string body, string secret) =>
        $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")))}";

    private JsonObject Interaction(string type, string user, FakeSlackDelivery? delivery)
    {
        var team = delivery?.Team ?? Team;
        return new JsonObject
        {
            ["type"] = type,
            ["user"] = new JsonObject { ["id"] = user, ["username"] = NameOf(user), ["name"] = NameOf(user), ["team_id"] = team },
            ["api_app_id"] = AppId,
            ["token"] = "verification-token",
            ["trigger_id"] = NewTrigger(user),
            ["team"] = new JsonObject { ["id"] = team, ["domain"] = "rollout-tests" },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
        };
    }

    private static string NameOf(string user) => user.ToLowerInvariant();
}
