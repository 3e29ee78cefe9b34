using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>The way in of the Web API: faults, tokens, scopes and arguments, before any method is carried out.</summary>
public sealed partial class FakeSlack
{
    /// <summary>Methods that read their arguments from a form only: JSON is passed over.</summary>
    private static readonly HashSet<string> FormOnly = ["conversations.replies", "conversations.history", "apps.connections.open", "users.info"];

    protected override void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapPost("/api/{method}", AnswerAsync);
        app.MapPost("/hooks/{team}/{id}", TakeResponseAsync);
        app.Map("/link", LinkAsync);
    }

    private async Task AnswerAsync(HttpContext context, string method)
    {
        var arguments = await ArgumentsAsync(context, method);
        if (Down)
        {
            context.Abort();
            return;
        }

        var request = new FakeSlackRequest(method, context.Request.ContentType, arguments, context.Request.Headers.Authorization, time.GetUtcNow());
        var fault = Locked(() =>
        {
            requests.Add(request);
            return FaultOf(method);
        });
        if (fault?.Status is { } status)
        {
            context.Response.StatusCode = status;
            if (fault.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await (status == 429 ? WriteAsync(context, Refusal("ratelimited")) : context.Response.WriteAsync("<html>upstream connect error</html>"));
            return;
        }

        var answer = fault?.Error is { } error ? Refusal(error) : Locked(() => RefusalOf(request) ?? Carry(request));
        Changed();
        if (fault?.Until is { } until) await until;
        if (fault is { LosesAnswer: true }) context.Abort();
        else await WriteAsync(context, answer);
    }

    private FakeSlackFault? FaultOf(string method)
    {
        var fault = faults.Find(known => known.Method is null || known.Method == method);
        if (fault is not null && --fault.Times == 0) faults.Remove(fault);
        return fault;
    }

    private JsonObject? RefusalOf(FakeSlackRequest request)
    {
        var token = request.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : (string?)request.Arguments["token"];
        if (token is null) return Refusal("not_authed");
        if (token != BotToken && token != AppToken) return Refusal("invalid_auth");
        if (token == AppToken != (request.Method == "apps.connections.open")) return Refusal("not_allowed_token_type");
        var needed = request.Method switch
        {
            "chat.postMessage" or "chat.update" or "chat.postEphemeral" => "chat:write",
            "conversations.replies" or "conversations.history" => "channels:history",
            "users.info" => "users:read",
            _ => null,
        };
        if (needed is null || Scopes.Contains(needed)) return null;
        return new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = string.Join(',', Scopes) };
    }

    private JsonObject Carry(FakeSlackRequest request) => request.Method switch
    {
        "chat.postMessage" => Post(request.Arguments),
        "chat.update" => Update(request.Arguments),
        "chat.postEphemeral" => PostEphemeral(request.Arguments),
        "conversations.replies" => Replies(request.Arguments),
        "conversations.history" => History(request.Arguments),
        "views.open" => OpenView(request.Arguments),
        "auth.test" => new JsonObject
        {
            ["ok"] = true,
            ["url"] = "https://rollout-tests.slack.com/",
            ["team"] = "Rollout tests",
            ["team_id"] = Team,
            ["user"] = "rollout",
            ["user_id"] = BotUser,
            ["bot_id"] = BotId,
            ["is_enterprise_install"] = false,
        },
        "apps.connections.open" => OpenConnection(),
        _ => Refusal("unknown_method"),
    };

    private static async Task<JsonObject> ArgumentsAsync(HttpContext context, string method)
    {
        if (context.Request.HasFormContentType)
        {
            var arguments = new JsonObject();
            foreach (var (name, value) in await context.Request.ReadFormAsync()) arguments[name] = Structured(name, value.ToString());
            return arguments;
        }

        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        if (FormOnly.Contains(method) || text.Length == 0) return [];
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonNode? Structured(string name, string value) => name switch
    {
        "blocks" or "metadata" or "view" => JsonNode.Parse(value),
        "reply_broadcast" or "include_all_metadata" or "inclusive" => value is "true" or "1",
        "limit" => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private async Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["x-oauth-scopes"] = string.Join(',', Scopes);
        await context.Response.WriteAsync(answer.ToJsonString());
    }
}
