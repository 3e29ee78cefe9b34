using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>alerts/silent</c> against a real Prometheus with a rule file.</summary>
public sealed class AlertsSilentTests
{
    private const string Rules = """
        groups:
          - name: app
            rules:
              - { alert: Watchdog, expr: vector(1) }
              - { alert: HighErrorRate, expr: errors > 5, labels: { severity: page, service: web } }
              - { alert: DiskAlmostFull, expr: disk > 90, labels: { severity: ticket } }
              - { alert: Slow, expr: latency > 1, for: 1h, labels: { severity: page } }
        """;

    private double _errors;
    private double _disk;
    private double _latency;

    [Fact]
    public async Task Silent_OnlyWatchdogAndIgnoredAlertsFire_Passes()
    {
        _disk = 95;
        await using var prometheus = await StartAsync("DiskAlmostFull");
        using var rig = RigOn(prometheus.Source);

        var result = await rig.StepAsync("alerts/silent", new { armed = "Watchdog", ignore = new[] { "DiskAlmostFull" }, @for = "10m" });

        Assert.Equal((StepVerdict.Passed, "Source prometheus: no alert fires, nor did one within the last 10m; Watchdog does, so alerting is armed."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Silent_AnAlertFires_FailsAndNamesItWithItsLabels()
    {
        _errors = 6;
        await using var prometheus = await StartAsync("HighErrorRate");
        using var rig = RigOn(prometheus.Source);

        var result = await rig.StepAsync("alerts/silent", new { source = "prometheus", armed = "Watchdog" });

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.StartsWith("""Source prometheus: 1 alert fires: HighErrorRate {instance=""", result.Message, StringComparison.Ordinal);
        Assert.Contains("""service="web", severity="page"} since """, result.Message, StringComparison.Ordinal);
        Assert.Equal("HighErrorRate", result.Outputs["alerts"][0].GetString());
        Assert.Equal(StepVerdict.Passed, (await rig.StepAsync("alerts/silent", new { ignore = new[] { "HighErrorRate", "Watchdog" } })).Verdict);
        Assert.Equal(StepVerdict.Passed, (await rig.StepAsync("alerts/silent", new { severity = "ticket" })).Verdict);
        Assert.Equal(StepVerdict.Passed, (await rig.StepAsync("alerts/silent", new { labels = new { service = "mobile" } })).Verdict);
        Assert.Equal(StepVerdict.Failed, (await rig.StepAsync("alerts/silent", new { severity = "page", labels = new { service = "web" } })).Verdict);

        _errors = 0;
        await prometheus.WaitForAsync("ALERTS{alertname=\"HighErrorRate\"}", series => series.Count == 0);
        Assert.Equal(StepVerdict.Passed, (await rig.StepAsync("alerts/silent", new { severity = "page" })).Verdict);
        var past = await rig.StepAsync("alerts/silent", new { severity = "page", @for = "10m" });
        Assert.Equal(StepVerdict.Failed, past.Verdict);
        Assert.StartsWith("Source prometheus: fired within the last 10m: HighErrorRate {", past.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_PendingAlert_CountsOnlyWhereAskedFor()
    {
        _latency = 2;
        await using var prometheus = await StartAsync("Slow");
        using var rig = RigOn(prometheus.Source);

        Assert.Equal(StepVerdict.Passed, (await rig.StepAsync("alerts/silent", new { severity = "page" })).Verdict);
        var asked = await rig.StepAsync("alerts/silent", new { severity = "page", pending = true });
        Assert.Equal(StepVerdict.Failed, asked.Verdict);
        Assert.StartsWith("Source prometheus: 1 alert is pending: Slow {", asked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_AlertingNotArmed_IsNoAnswerEvenWhereNothingFires()
    {
        await using var prometheus = await StartAsync("Watchdog");
        using var rig = RigOn(prometheus.Source);

        var result = await rig.StepAsync("alerts/silent", new { armed = "DeadMansSwitch", ignore = new[] { "Watchdog" } });

        Assert.Equal((StepVerdict.Errored, "Source prometheus: 'DeadMansSwitch' does not fire, so alerting is not armed and silence proves nothing."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Silent_ServerDown_IsNoAnswer()
    {
        using var rig = RigOn(new PrometheusHttpSource { Url = await LoopbackServer.NobodyAsync() });

        var result = await rig.StepAsync("alerts/silent", new { });

        Assert.Equal((StepVerdict.Errored, "Source prometheus did not say which alerts fire: the connection was refused."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Silent_NobodyToAsk_SaysWhatIsMissing()
    {
        using var none = new StepRig();
        Assert.Equal("alerts/silent has nobody to ask: the host's configuration has no metric source with the provider prometheus.", (await none.StepAsync("alerts/silent", new { })).Message);
        using var rig = RigOn(new PrometheusHttpSource { Url = await LoopbackServer.NobodyAsync() });
        Assert.Equal("alerts/silent cannot ask 'prometeus': the host's configuration has no metric source of that name; with alerts there are: prometheus.", (await rig.StepAsync("alerts/silent", new { source = "prometeus" })).Message);
    }

    [Fact]
    public async Task Guardrail_AlertFires_IsAFailedMeasurement()
    {
        _errors = 6;
        await using var prometheus = await StartAsync("HighErrorRate");
        using var rig = RigOn(prometheus.Source);
        var noPage = new Guardrail { Name = "no-page", Uses = "alerts/silent", With = StepRig.Request("alerts/silent", new { severity = "page" }).With };

        var measured = (await rig.CallAsync<MeasureResult>(ActivityNames.Measure, new MeasureRequest
        {
            RunId = "run",
            Playbook = "web4",
            Stage = "one",
            Attempt = 1,
            Epoch = 0,
            GridTime = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Guardrails = [noPage],
            Metrics = new Dictionary<string, Metric>(),
        })).Measurements.Single();

        Assert.Equal(MeasurementVerdict.Failed, measured.Verdict);
        Assert.Contains("1 alert fires: HighErrorRate", measured.Message, StringComparison.Ordinal);
    }

    private static StepRig RigOn(PrometheusHttpSource source) =>
        new(services => services.AddSingleton(new MetricSourceOptions { Prometheus = new Dictionary<string, PrometheusHttpSource> { ["prometheus"] = source } }));

    private async Task<PrometheusServer> StartAsync(string alert)
    {
        var prometheus = await PrometheusServer.StartAsync(() => FormattableString.Invariant($"errors {_errors}\ndisk {_disk}\nlatency {_latency}\n"), Rules);
        await prometheus.WaitForAsync($"ALERTS{{alertname=\"{alert}\"}}", series => series.Count > 0);
        return prometheus;
    }
}
