using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation.Tests;

/// <summary>What a playbook would do, told ahead of time.</summary>
public sealed class SimulationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_WithHealthyMetrics_Succeeds()
    {
        var result = await PlaybookSimulation.RunAsync(Simulated.Of(Simulated.Shipped("web4-mycelia")), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, Told(result));
        Assert.InRange(result.EndedAt - result.StartedAt, TimeSpan.FromDays(14), TimeSpan.FromDays(14.2));
        Assert.All(result.Stages, stage => Assert.Equal(StageState.Promoted, stage.Stage.State));
    }

    [Fact]
    public async Task Run_WithAFaultInAStage_GoesBackThereAfterTheLimitsMeasurements()
    {
        var result = await PlaybookSimulation.RunAsync(Simulated.Of(Simulated.Shipped("web4-mycelia"), trace: null, "error-rate=20%@ten-percent+6h"), TestContext.Current.CancellationToken);

        Assert.Equal((RunState.RolledBack, "ten-percent"), (result.Run.State, result.Run.Stage));
        var opened = result.Run.Stages.Single(stage => stage.Name == "ten-percent").OpenedAt!.Value;
        var wentBack = result.Record.First(entry => entry.Kind == RunLogKind.RollbackStarted).At;
        // Two failures are tolerated, so the third minute of it acts.
        Assert.InRange(wentBack - opened, TimeSpan.FromHours(6), TimeSpan.FromHours(6) + TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Run_AgainstARecordedBadHour_SaysWhatItCost()
    {
        var result = await PlaybookSimulation.RunAsync(Simulated.Of(Simulated.Shipped("web4-mycelia"), Trace(TimeSpan.FromDays(21), at => at - Start is { TotalHours: > 30 and < 30.03 } ? 0.08 : 0.002)), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, Told(result));
        // A bad minute or two within the limit starts the soak's clock again, and no more.
        Assert.Contains(result.Record, entry => entry.Kind == RunLogKind.SoakBreached);
        Assert.True(result.EndedAt - result.StartedAt > TimeSpan.FromDays(13), Told(result));
    }

    [Fact]
    public async Task Run_WhereTheTraceEnds_HoldsForMissingData()
    {
        var result = await PlaybookSimulation.RunAsync(Simulated.Of(Simulated.Shipped("web4-mycelia"), Trace(TimeSpan.FromDays(2), _ => 0.002)), TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Holding, result.Run.State);
        Assert.Contains("since 2026-03-04", result.Run.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Simulated_TellsTheSameAsTheEngineWithItsTicks()
    {
        const string Playbook = """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: same }
            spec:
              rollback: { to: start }
              metrics: { error-rate: { source: test, value: e }, epochs: { source: test, value: n } }
              guardrails:
                - { metric: error-rate, interval: 1m, warningCondition: result > 2%, failureCondition: result > 5%, failureLimit: 3 }
              stages:
                - name: one
                  steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
                  soak: { for: 4h, atMost: 2d, count: [ { metric: epochs, increase: 3 } ] }
                - name: two
                  steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 50 } } ]
                  soak: { for: 3h, atMost: 1d }
            """;
        var trace = Trace(TimeSpan.FromDays(3), at => (at - Start).TotalMinutes switch { > 60 and < 61.5 => 0.06, > 90 and < 100 => 0.03, > 420 => 0.09, _ => 0.001 });
        IMetricTrace reading = trace;
        await using var real = await RolloutScenario.GivenAsync(Playbook, metrics: metrics =>
        {
            foreach (var metric in new[] { "error-rate", "epochs" }) metrics.Say(metric, at => reading.Read(metric, at));
        });
        await real.WhenTimePassesAsync(TimeSpan.FromDays(1));

        var simulated = await PlaybookSimulation.RunAsync(Simulated.Of(Simulated.Load(Playbook), trace), TestContext.Current.CancellationToken);

        var told = (await real.RecordAsync()).Where(Comparable).Select(entry => (entry.PlaybookTime, entry.Kind, entry.Message)).ToList();
        Assert.Contains(told, line => line.Kind == RunLogKind.RollbackFinished);
        Assert.Equal(told, simulated.Record.Where(Comparable).Select(entry => (entry.PlaybookTime, entry.Kind, entry.Message)));

        // Who started it is another.
        static bool Comparable(RunLogEntry entry) => entry.Kind is not (RunLogKind.Started or RunLogKind.Announced);
    }

    private static MetricTrace Trace(TimeSpan span, Func<DateTimeOffset, double> errorRate)
    {
        var minutes = Enumerable.Range(0, (int)span.TotalMinutes).Select(minute => Start.AddMinutes(minute)).ToList();
        IReadOnlyList<TraceSample> Of(Func<DateTimeOffset, double> value) => [.. minutes.Select(at => new TraceSample(at, value(at), 1000))];
        return new MetricTrace(new Dictionary<string, IReadOnlyList<TraceSample>>
        {
            ["error-rate"] = Of(errorRate),
            ["p95"] = Of(_ => 180),
            ["satisfaction"] = Of(_ => 4.4),
            ["completion-rate"] = Of(_ => 0.8),
            ["completion-rate-control"] = Of(_ => 0.8),
            ["retention-rate"] = Of(_ => 0.7),
            ["epochs"] = Of(at => Math.Floor((at - Start).TotalHours)),
        });
    }

    private static string Told(SimulationResult result) => string.Join('\n', result.Record.Select(entry => $"{entry.PlaybookTime:MM-dd HH:mm} {entry.Kind} {entry.Message}").Append(result.Run.Because));
}
