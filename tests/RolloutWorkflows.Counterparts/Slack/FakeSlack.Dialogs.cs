using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>Dialogs and response addresses.</summary>
public sealed partial class FakeSlack
{
    private static readonly TimeSpan TriggerLasts = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ResponsesLast = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, (string User, DateTimeOffset At, bool Used)> triggers = [];
    private readonly Dictionary<string, (string User, DateTimeOffset At, int Used, FakeSlackMessage? Message)> responseUrls = [];
    private readonly List<FakeSlackView> views = [];
    private readonly List<FakeSlackResponse> responses = [];

    /// <summary>Every dialog that was opened, in order.</summary>
    public IReadOnlyList<FakeSlackView> Views => Locked(() => views.ToList());

    /// <summary>Everything that was posted to response addresses, in order.</summary>
    public IReadOnlyList<FakeSlackResponse> Responses => Locked(() => responses.ToList());

    private string NewTrigger(string user) => Locked(() =>
    {
        var id = $"{++serial}.{Team}.{Guid.NewGuid():N}";
        triggers[id] = (user, time.GetUtcNow(), false);
        return id;
    });

    private string ResponseUrl(string user, FakeSlackDelivery? delivery, FakeSlackMessage? message)
    {
        if (delivery?.ResponseUrl is { } other) return other.AbsoluteUri;
        return Locked(() =>
        {
            var id = Guid.NewGuid().ToString("N");
            responseUrls[id] = (user, time.GetUtcNow(), 0, message);
            return new Uri(Address, $"/hooks/{Team}/{id}").AbsoluteUri;
        });
    }

    private JsonObject OpenView(JsonObject arguments)
    {
        if ((string?)arguments["trigger_id"] is not { } id || !triggers.TryGetValue(id, out var trigger)) return Refusal("invalid_trigger_id");
        if (trigger.Used) return Refusal("exchanged_trigger_id");
        if (time.GetUtcNow() - trigger.At > TriggerLasts) return Refusal("expired_trigger_id");
        if (arguments["view"] is not JsonObject view) return Refusal("invalid_arguments");
        if (FakeSlackRules.RefusalOfView(view) is { } malformed) return malformed;
        triggers[id] = trigger with { Used = true };
        var opened = new FakeSlackView($"V{++serial:00000}", trigger.User, (JsonObject)view.DeepClone());
        views.Add(opened);
        var answer = (JsonObject)view.DeepClone();
        (answer["id"], answer["team_id"]) = (opened.Id, Team);
        return new JsonObject { ["ok"] = true, ["view"] = answer };
    }

    private async Task TakeResponseAsync(HttpContext context, string team, string id)
    {
        if (Down)
        {
            context.Abort();
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body) as JsonObject;
        var error = Locked(() => TakeResponse(team, id, body));
        if (error is not null) context.Response.StatusCode = 404;
        await context.Response.WriteAsync(error ?? "ok");
        Changed();
    }

    private string? TakeResponse(string team, string id, JsonObject? body)
    {
        if (team != Team || body is null || !responseUrls.TryGetValue(id, out var known)) return "invalid_url";
        if (time.GetUtcNow() - known.At > ResponsesLast) return "expired_url";
        if (known.Used >= 5) return "used_url";
        responseUrls[id] = known with { Used = known.Used + 1 };
        responses.Add(new FakeSlackResponse(known.User, body));
        if ((bool?)body["replace_original"] != true || known.Message is not { } message) return null;
        var messages = channels[message.Channel].Messages;
        var index = messages.FindIndex(standing => standing.Ts == message.Ts);
        messages[index] = messages[index] with { Text = (string?)body["text"] ?? "", Blocks = (JsonArray?)body["blocks"]?.DeepClone(), Edits = messages[index].Edits + 1 };
        return null;
    }
}
