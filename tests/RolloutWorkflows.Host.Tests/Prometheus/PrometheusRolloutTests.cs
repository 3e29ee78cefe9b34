using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Prometheus;

/// <summary>Whole runs on a real server that measures by a real Prometheus.</summary>
public sealed class PrometheusRolloutTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: watched }
        spec:
          metrics:
            error-rate: { source: prometheus, value: 'sum(errors) / sum(requests)', samples: sum(requests) }
          guardrails:
            - { metric: error-rate, interval: 1m, failureCondition: result > 5%, warningCondition: result > 2%, consecutiveErrorLimit: 2 }
          preflight: [ { uses: alerts/silent, with: { armed: Watchdog } } ]
          rollback: { to: start }
          stages:
            - name: some
              steps:
                - { uses: metric/capture, with: { metrics: [error-rate], over: 1m, as: before } }
                - { uses: flag/rollout, with: { flag: bar, percent: 10 } }
              soak: { for: 60d }
        """;

    private double errors;

    [Fact]
    public async Task Run_ErrorRateRises_IsRolledBack()
    {
        await using var prometheus = await StartPrometheusAsync();
        await using var host = await StartHostAsync(prometheus);
        var runId = await StartSoakingAsync(host);

        errors = 20;
        var ended = await host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "rolled back");

        Assert.Contains("error-rate", ended.Run.Rollback!.Cause, StringComparison.Ordinal);
        var failed = (await host.Services.GetRequiredService<IMeasurementStore>().ReadAsync(new MeasurementQuery { RunId = runId, Guardrail = "error-rate", Limit = 10_000 }, TestContext.Current.CancellationToken)).Last(row => row.Measurement.Verdict == MeasurementVerdict.Failed).Measurement;
        Assert.Equal((0.2, 100d, "the failure condition 'result > 5%' holds: result 0.2 of 100 samples"), (failed.Value, failed.Samples, failed.Message));
    }

    [Fact]
    public async Task Run_PrometheusDiesMidSoak_HoldsPastTheErrorLimitAndDoesNotRollBack()
    {
        await using var prometheus = await StartPrometheusAsync();
        await using var host = await StartHostAsync(prometheus);
        var runId = await StartSoakingAsync(host);

        prometheus.Kill();
        var held = await host.WaitForAsync(runId, details => details.Run.State == RunState.Holding, "holding");

        Assert.Null(held.Run.Rollback);
        Assert.Contains("error-rate", held.Run.Because, StringComparison.Ordinal);
        var rows = await host.Services.GetRequiredService<IMeasurementStore>().ReadAsync(new MeasurementQuery { RunId = runId, Guardrail = "error-rate", Limit = 10_000 }, TestContext.Current.CancellationToken);
        var wrong = rows.Where(row => row.Measurement.Verdict == MeasurementVerdict.Error).ToList();
        Assert.True(wrong.Count >= 3, $"{wrong.Count} errors");
        Assert.All(wrong, row => Assert.StartsWith("source prometheus: the connection ", row.Measurement.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MetricTest_RealPrometheus_ShowsValueSamplesAndVerdict()
    {
        errors = 3;
        await using var prometheus = await StartPrometheusAsync();
        await using var host = await StartHostAsync(prometheus);

        using var answer = await host.Http.PostAsJsonAsync("/api/playbooks/watched/metrics/error-rate/test", new { });
        var tried = (await answer.Content.ReadFromJsonAsync<MetricTestAnswer>(ApiJson.Options))!;

        Assert.Equal((MetricReadingKind.Value, 0.03, 100d), (tried.Kind, tried.Value, tried.Samples));
        Assert.Equal(("sum(errors) / sum(requests)", "sum(requests)"), (tried.Query, tried.SamplesQuery));
        Assert.Equal((MeasurementVerdict.Warning, "the warning condition 'result > 2%' holds: result 0.03 of 100 samples"), (tried.Guardrails.Single().Verdict, tried.Guardrails.Single().Message));
        var report = (await host.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options))!;
        Assert.Equal(Health.Ok, report.Checks.Single(check => check.Name == "metric source prometheus").Health);
    }

    private async Task<PrometheusServer> StartPrometheusAsync()
    {
        var prometheus = await PrometheusServer.StartAsync(
            () => FormattableString.Invariant($"errors {errors}\nrequests 100\n"),
            "groups: [ { name: app, rules: [ { alert: Watchdog, expr: vector(1) } ] } ]");
        await prometheus.WaitForAsync("sum(requests) and on() ALERTS{alertname=\"Watchdog\"}", series => series.Count == 1);
        return prometheus;
    }

    private static Task<RunningHost> StartHostAsync(PrometheusServer prometheus) => RunningHost.StartAsync(
        folder =>
        {
            folder.Write("playbooks/watched.yaml", Playbook);
            folder.Write("host.json", $$"""
                { "extensions": { "rollout": { "grants": { "watched": { "flags": ["bar"] } },
                  "metricSources": { "prometheus": { "provider": "prometheus", "address": "{{prometheus.Address}}" } } } } }
                """);
        },
        settings => settings with { AllowTimeCompression = true });

    /// <summary>A minute of the playbook passes in 50 ms.</summary>
    private static async Task<string> StartSoakingAsync(RunningHost host)
    {
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "watched", @as = "ada", reason = "a test", timeCompression = 1200 });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var runId = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!.RunId;
        await host.WaitForAsync(runId, details => details.Soak?.Guardrails.Any(guardrail => guardrail.Measured > 0) == true, "a measurement in the soak");
        return runId;
    }
}
