using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Slack by its Web API. Tokens are looked up at each call, so that a rotated one counts at once.</summary>
internal sealed class SlackClient(SlackOptions options, OutboundHttp http, ISecretSource secrets, TimeProvider time) : ISlack
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly SlackPace pace = new(time);

    public bool IsConnected => options.BotToken is not null;

    public async Task<SlackPosted> PostMessageAsync(SlackMessage message, CancellationToken cancellation = default)
    {
        var body = new JsonObject { ["channel"] = message.Channel, ["text"] = message.Text, ["parse"] = "none", ["link_names"] = false, ["unfurl_links"] = false, ["unfurl_media"] = false };
        if (message.Thread is not null) (body["thread_ts"], body["reply_broadcast"]) = (message.Thread, message.Broadcast);
        AddContent(body, message.Blocks, message.Metadata);
        await pace.TakeTurnAsync(message.Channel, cancellation);
        return SlackReading.Posted(await CallAsync("chat.postMessage", Json(body), cancellation));
    }

    public async Task<SlackPosted> UpdateAsync(SlackUpdate update, CancellationToken cancellation = default)
    {
        var body = new JsonObject { ["channel"] = update.Channel, ["ts"] = update.Ts, ["text"] = update.Text, ["parse"] = "none", ["link_names"] = false };
        AddContent(body, update.Blocks, update.Metadata);
        return SlackReading.Posted(await CallAsync("chat.update", Json(body), cancellation));
    }

    public Task PostEphemeralAsync(SlackEphemeral message, CancellationToken cancellation = default)
    {
        var body = new JsonObject { ["channel"] = message.Channel, ["user"] = message.User, ["text"] = message.Text, ["parse"] = "none", ["link_names"] = false };
        if (message.Thread is not null) body["thread_ts"] = message.Thread;
        AddContent(body, message.Blocks, metadata: null);
        return CallAsync("chat.postEphemeral", Json(body), cancellation);
    }

    public async Task<string> OpenViewAsync(string triggerId, JsonObject view, CancellationToken cancellation = default)
    {
        var answer = await CallAsync("views.open", Json(new JsonObject { ["trigger_id"] = triggerId, ["view"] = view.DeepClone() }), cancellation);
        return SlackReading.ViewId(answer);
    }

    public async Task RespondAsync(Uri responseUrl, SlackResponse response, CancellationToken cancellation = default)
    {
        if (!SlackAddresses.IsResponse(responseUrl, options.Api))
            throw new SlackException(SlackProblem.Refused, $"the address to answer at is on {responseUrl.Host}, which is not Slack's; nothing was sent there");
        var body = new JsonObject { ["text"] = response.Text, ["response_type"] = response.InChannel ? "in_channel" : "ephemeral", ["replace_original"] = response.ReplaceOriginal };
        if (response.Thread is not null) body["thread_ts"] = response.Thread;
        AddContent(body, response.Blocks, metadata: null);
        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = Json(body) };
        var answer = await SendAsync("the response address", request, cancellation);
        if (SlackErrors.OfStatus("the response address", answer) is { } refusal) throw refusal;
    }

    public async Task<SlackMessages> RepliesAsync(SlackRange range, CancellationToken cancellation = default) =>
        SlackReading.Messages(await CallAsync("conversations.replies", Form(range, ("ts", range.Thread)), cancellation));

    public async Task<SlackMessages> HistoryAsync(SlackRange range, CancellationToken cancellation = default) =>
        SlackReading.Messages(await CallAsync("conversations.history", Form(range), cancellation));

    public async Task<SlackIdentity> AuthTestAsync(CancellationToken cancellation = default) => SlackReading.Identity(await CallAsync("auth.test", Json([]), cancellation));

    public async Task<Uri> OpenConnectionAsync(CancellationToken cancellation = default)
    {
        var answer = await CallAsync("apps.connections.open", new FormUrlEncodedContent([]), cancellation, options.AppToken ?? throw SlackErrors.NotConnected("appToken"));
        return SlackReading.Connection(answer) is { } address && SlackAddresses.IsConnection(address, options.Api)
            ? address
            : throw new SlackException(SlackProblem.Refused, "Slack named an address for Socket Mode that is not Slack's; it is not used");
    }

    /// <summary>Calls a method and gives its answer where that is <c>ok</c>.</summary>
    private async Task<SlackAnswer> CallAsync(string method, HttpContent content, CancellationToken cancellation, string? token = null)
    {
        token ??= options.BotToken ?? throw SlackErrors.NotConnected("botToken");
        if (pace.ClosedFor(method) is { } closed) throw SlackErrors.RateLimited(method, closed);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Api, method)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(token, cancellation));
        var answer = await SendAsync(method, request, cancellation);
        var read = SlackErrors.OfStatus(method, answer) is { } refusal ? throw Remember(method, refusal) : SlackAnswer.Read(method, answer);
        return read.Refusal(method) is { } no ? throw Remember(method, no) : read;
    }

    private async Task<OutboundAnswer> SendAsync(string what, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, Timeout, MaximumBytes, cancellation);
        }
        catch (OutboundException none)
        {
            throw new SlackException(SlackProblem.Unavailable, $"Slack gave no answer to {what}: {none.Message}") { MayBeDone = !none.NotSent };
        }
    }

    private async Task<string> TokenAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await secrets.ReadAsync(name, cancellation);
        }
        catch (SecretException missing)
        {
            throw new SlackException(SlackProblem.Unauthorized, missing.Message);
        }
    }

    private SlackException Remember(string method, SlackException refusal)
    {
        if (refusal is { Problem: SlackProblem.RateLimited, After: { } after }) pace.Close(method, after);
        return refusal;
    }

    private static void AddContent(JsonObject body, JsonArray? blocks, SlackMetadata? metadata)
    {
        if (blocks is not null) body["blocks"] = blocks.DeepClone();
        if (metadata is not null) body["metadata"] = new JsonObject { ["event_type"] = metadata.Type, ["event_payload"] = metadata.Payload.DeepClone() };
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    /// <summary>Methods that read take forms only.</summary>
    private static FormUrlEncodedContent Form(SlackRange range, params IEnumerable<(string Name, string? Value)> more)
    {
        (string Name, string? Value)[] fields =
        [
            ("channel", range.Channel),
            ("oldest", range.Oldest),
            ("cursor", range.Cursor),
            ("limit", range.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("include_all_metadata", "true"),
            .. more,
        ];
        return new FormUrlEncodedContent(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
    }
}
