using System.Net.Http.Json;

namespace RolloutWorkflows.Host.Tests.Triggers;

/// <summary><c>GET /api/doctor</c> and the trial of metrics, on a real server.</summary>
public sealed class DoctorTests
{
    private const string Secret = "tok-4711-secret";

    [Fact]
    public async Task Doctor_HealthyServer_FailsNothing()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        var report = await ReportAsync(host);

        Assert.DoesNotContain(report.Checks, check => check.Health == Health.Fail);
        Assert.Equal(["server runtime", "data folder", "disk space", "SQLite", "time zones", "configuration", "people", "playbook tiny", "outbox"], report.Checks.Select(check => check.Name));
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Folder.Path, ".rollout"), ".doctor-*"));
    }

    [Fact]
    public async Task Doctor_WhatDoesNotWork_FailsEachWithARemedyAndShowsNoSecret()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            folder.Write("key", Secret + "\n");
            folder.Write("playbooks/broken.yaml", "kind: Playbook");
            folder.Write("people.yaml", "groups: { captains: [nobody] }");
            folder.Write("host.json", """
                { "extensions": { "rollout": {
                  "secrets": { "missing": { "file": "gone" }, "there": { "file": "key" } },
                  "metricSources": {
                    "down": { "provider": "prometheus", "address": "http://127.0.0.1:1", "bearerTokenSecret": "there" },
                    "unsigned": { "provider": "prometheus", "address": "http://127.0.0.1:1", "bearerTokenSecret": "missing" } },
                  "webhooks": { "pager": { "url": "http://no-such-host.invalid/hook-tok-4711-secret" }, "local": { "url": "http://127.0.0.1:2/" } } } } }
                """);
        });

        var report = await ReportAsync(host);
        var raw = await host.Http.GetStringAsync("/api/doctor", TestContext.Current.CancellationToken);

        DoctorCheck Of(string name) => report.Checks.Single(check => check.Name == name);
        string[] failing = ["people", "playbook broken", "secret missing", "metric source down", "metric source unsigned", "webhook pager"];
        Assert.Equal(failing, report.Checks.Where(check => check.Health == Health.Fail).Select(check => check.Name));
        Assert.All(report.Checks.Where(check => check.Health == Health.Fail), check => Assert.False(string.IsNullOrEmpty(check.Remedy), check.Name));
        Assert.Equal("the connection was refused", Of("metric source down").Message);
        Assert.StartsWith("the secret 'missing' cannot be used: there is no file ", Of("metric source unsigned").Message, StringComparison.Ordinal);
        Assert.Equal((Health.Ok, "can be read"), (Of("secret there").Health, Of("secret there").Message));
        Assert.Equal(Health.Ok, Of("webhook local").Health);
        Assert.DoesNotContain(Secret, raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricTest_UnknownMetric_NamesTheNearest()
    {
        await using var host = await RunningHost.StartAsync(folder => folder.Write("playbooks/measured.yaml", SamplePlaybooks.Measured));

        using var answer = await host.Http.PostAsJsonAsync("/api/playbooks/measured/metrics/eror/test", new { });

        var problem = await RunningHost.ProblemAsync(answer);
        Assert.Equal((404, "metric-not-found"), (problem.Status, problem.Code));
        Assert.Equal("measured has no metric 'eror'; known: errors.", problem.Detail);
    }

    [Fact]
    public async Task MetricTest_SourceNotConfigured_IsAnErrorWithTheGuardrailsVerdict()
    {
        await using var host = await RunningHost.StartAsync(folder => folder.Write("playbooks/measured.yaml", SamplePlaybooks.Measured));

        using var answer = await host.Http.PostAsJsonAsync("/api/playbooks/measured/metrics/errors/test", new { });

        var tried = (await answer.Content.ReadFromJsonAsync<MetricTestAnswer>(ApiJson.Options))!;
        Assert.Equal((Orchestrations.MetricReadingKind.Error, "status", "errorRate"), (tried.Kind, tried.Source, tried.Query));
        Assert.Equal(("errors", Orchestrations.MeasurementVerdict.Error), (tried.Guardrails.Single().Name, tried.Guardrails.Single().Verdict));
    }

    private static async Task<DoctorReport> ReportAsync(RunningHost host) => (await host.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options))!;
}
