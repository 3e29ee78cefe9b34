using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>The service of web4-mycelia, with figures that a test sets.</summary>
internal sealed class Web4Scene : Counterpart
{
    /// <summary>The share of failed requests.</summary>
    public double ErrorRate { get; set; } = 0.002;

    public double P95 { get; set; } = 180;

    public bool IsHealthy { get; set; } = true;

    public static async Task<Web4Scene> StartAsync()
    {
        var scene = new Web4Scene();
        await scene.ListenAsync();
        return scene;
    }

    public ShippedStart Start(Playbook playbook) => new()
    {
        Playbook = playbook,
        Settings = new
        {
            allowPlaybookPeople = true,
            grants = new Dictionary<string, object> { ["web4-*"] = new { flags = new[] { "*" }, egress = new[] { Address.GetLeftPart(UriPartial.Authority) } } },
            metricSources = new Dictionary<string, object> { ["web4-status"] = new { type = "json", url = new Uri(Address, "status.json") } },
            webhooks = new Dictionary<string, object> { ["team"] = new { url = new Uri(Address, "banner") }, ["banner"] = new { url = new Uri(Address, "banner") } },
        },
        Inputs = new { serviceUrl = Address.GetLeftPart(UriPartial.Authority) },
    };

    protected override void Map(WebApplication app)
    {
        app.MapGet("/health", () => IsHealthy ? Results.Ok() : Results.StatusCode(503));
        app.MapGet("/status.json", () => Results.Json(new
        {
            ops = new { errorRate = ErrorRate, requests = 5000, p95Ms = P95 },
            satisfaction = 4.4,
            completionRate = 0.81,
            retentionRate = 0.7,
        }));
        app.MapPost("/banner", () => Results.NoContent());
    }
}
