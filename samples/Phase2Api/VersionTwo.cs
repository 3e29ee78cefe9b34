using System.Text.Json;
using System.Text.Json.Nodes;

namespace Phase2Api;

/// <summary>/v2: what phase 2 serves to those who have it.</summary>
internal sealed class VersionTwo(Runs runs, CallLimit limit, Exposure exposure, Faults faults)
{
    private static readonly string[] Priorities = ["low", "normal", "high"];

    public Task<IResult> AgentsAsync(HttpContext http) => ServeAsync(http, limited: false, () => Results.Json(new { items = Runs.Agents.Select(agent => new { id = agent.Id, name = agent.Name }) }));

    public Task<IResult> EventsAsync(HttpContext http) => ServeAsync(http, limited: false, () => Results.Json(new { items = runs.All.Select(run => new { run = run.Id, state = run.State }) }));

    public Task<IResult> ListAsync(HttpContext http) => ServeAsync(http, limited: true, () => Results.Json(new { items = runs.All.Select(Shown) }));

    public Task<IResult> GetAsync(HttpContext http, string id) => ServeAsync(http, limited: true, () => runs.All.FirstOrDefault(run => run.Id == id) is { } found ? Results.Json(Shown(found)) : Results.NotFound());

    /// <summary>How many runs a key made; for those who check that a request sent twice has one effect.</summary>
    public IResult Count(string key) => Results.Json(new { runs = runs.CountOf(key) });

    public Task<IResult> MakeAsync(HttpContext http, JsonElement body) => ServeAsync(http, limited: true, () =>
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0) return Results.BadRequest(new { error = "the header Idempotency-Key is missing" });
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("agent", out var agent) || agent.ValueKind != JsonValueKind.String) return Results.BadRequest(new { error = "expected an agent" });
        var priority = body.TryGetProperty("priority", out var stated) ? stated.ToString() : "normal";
        var taken = faults.Has(Faults.ContractBreak) ? Priorities[1..] : Priorities;
        if (!taken.Contains(priority)) return Results.BadRequest(new { error = $"expected a priority of {string.Join(", ", taken)}" });
        return Results.Json(Shown(runs.Make(key, agent.GetString()!, priority)), statusCode: StatusCodes.Status201Created);
    });

    public IResult Health() => faults.Has(Faults.Health) ? Results.Json(new { status = "ill" }, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Json(new { status = "ok" });

    /// <summary>How /v2 describes itself; with its contract broken it describes that truthfully.</summary>
    public IResult Describe()
    {
        using var resource = typeof(VersionTwo).Assembly.GetManifestResourceStream("openapi.json")!;
        var description = JsonNode.Parse(resource)!;
        if (faults.Has(Faults.ContractBreak))
        {
            var run = description["components"]!["schemas"]!["Run"]!;
            run["properties"]!.AsObject().Remove("agent");
            run["required"] = new JsonArray("id", "state");
            var body = description["paths"]!["/v2/runs"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
            body["properties"]!["priority"]!["enum"] = new JsonArray("normal", "high");
        }

        return Results.Text(description.ToJsonString(), "application/json");
    }

    private async Task<IResult> ServeAsync(HttpContext http, bool limited, Func<IResult> serve)
    {
        var (user, group) = (http.Request.Headers["X-User"].ToString(), http.Request.Headers["X-Group"].ToString());
        if (!await exposure.IsOpenAsync(user.Length > 0 ? user : "anonymous", group.Length > 0 ? group : null, http.RequestAborted))
            return Results.Json(new { error = "phase 2 is not open to you yet; /v1 is" }, statusCode: StatusCodes.Status404NotFound);
        // Runs cost something; what there is to look at does not.
        if (!limited || limit.Refuse(user) is not { } seconds) return serve();
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private object Shown(Run run) => faults.Has(Faults.ContractBreak)
        ? new { id = run.Id, state = run.State, priority = run.Priority }
        : new { id = run.Id, agent = run.Agent, state = run.State, priority = run.Priority };
}
