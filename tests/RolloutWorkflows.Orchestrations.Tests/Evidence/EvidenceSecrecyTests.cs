using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Orchestrations.Tests.Evidence;

/// <summary>Secrets stand in no document, no line of the record and no file, whatever a service does with them.</summary>
public sealed class EvidenceSecrecyTests
{
    private const string Secret = "s3cr3t-of-the-service";

    [Fact]
    public async Task Secret_ThatAPlaybookSendsAndAServiceAnswersWith_StandsInNoDocument()
    {
        await using var service = await Echo.StartAsync();
        var yaml = $$$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: secretive }
            spec:
              rollback: { to: start }
              stages:
                - name: some
                  ready: [ { uses: http/probe, with: { url: "{{{service.Address}}}", headers: { Authorization: "Bearer ${{ secrets.token }}" }, expectStatus: 500 }, continueOnError: true } ]
                  steps: [ { uses: http/request, with: { url: "{{{service.Address}}}", method: POST, headers: { Authorization: "Bearer ${{ secrets.token }}" } }, irreversible: true } ]
            """;
        await using var run = await RolloutScenario.GivenAsync(yaml, services: services => services.AddSingleton(new SecretOptions
        {
            Secrets = new Dictionary<string, SecretLocation> { ["token"] = new() { Name = "token", Environment = "TOKEN" } },
            Environment = _ => Secret,
        }));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.NotEmpty(service.Heard);
        Assert.All(service.Heard, heard => Assert.Equal($"Bearer {Secret}", heard));

        var documents = await run.Evidence.ListAsync(RolloutScenario.RunId);
        Assert.Equal(2, documents.Count);
        foreach (var text in documents.SelectMany(document => new[] { document.Json, document.Markdown, document.Record })) Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    private sealed class Echo : Counterpart
    {
        public List<string> Heard { get; } = [];

        public static async Task<Echo> StartAsync()
        {
            var echo = new Echo();
            await echo.ListenAsync();
            return echo;
        }

        protected override void Map(WebApplication app) => app.MapFallback((HttpContext http) =>
        {
            lock (Heard) Heard.Add(http.Request.Headers.Authorization.ToString());
            return Results.Json(new { you = http.Request.Headers.Authorization.ToString() });
        });
    }
}
