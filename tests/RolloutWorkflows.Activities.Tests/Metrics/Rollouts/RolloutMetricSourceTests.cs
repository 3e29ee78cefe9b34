using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests.Metrics.Rollouts;

/// <summary>MTTD and MTTR over the runs of a host, as their records tell them.</summary>
public sealed class RolloutMetricSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InMemoryRunLog _log = new();
    private int _lines;

    [Fact]
    public async Task Read_NoRunHasEnded_IsNoDataNotZero()
    {
        await RunAsync("one", "swarm", ended: false, (60, 5));
        foreach (var value in RolloutMetrics.Values) Assert.Equal(MetricReadingKind.NoData, (await ReadAsync(value)).Kind);
    }

    [Fact]
    public async Task Read_RunsWithoutRollback_HaveNoTimesButAreCounted()
    {
        await RunAsync("one", "swarm");
        Assert.Equal((MetricReadingKind.NoData, "none of the last 1 run(s) of swarm was rolled back"), await ReadAsync("mttr") is var mttr ? (mttr.Kind, mttr.Reason) : default);
        Assert.Equal((1d, 0d), ((await ReadAsync("runs")).Value, (await ReadAsync("rollbacks")).Value));
    }

    [Fact]
    public async Task Read_SeveralRollbacks_AreTheMeanOverAllOfThem()
    {
        await RunAsync("one", "swarm", true, (60, 10), (120, 20));
        await RunAsync("two", "swarm", true, (0, 60));
        var (mttd, mttr) = (await ReadAsync("mttd"), await ReadAsync("mttr"));
        Assert.Equal((60d, 3d, 30d, 3d), (mttd.Value, mttd.Samples, mttr.Value, mttr.Samples));
    }

    [Fact]
    public async Task Read_RolledBackByPeople_HasATimeToRestoreAndNoneToDetect()
    {
        await RunAsync("one", "swarm", true, (null, 10));
        Assert.Equal(MetricReadingKind.NoData, (await ReadAsync("mttd")).Kind);
        Assert.Equal(10, (await ReadAsync("mttr")).Value);
    }

    [Theory]
    [InlineData(new[] { 100d, 80, 60 }, -20)]
    [InlineData(new[] { 10d, 10, 10 }, 0)]
    [InlineData(new[] { 10d, 30 }, 20)]
    [InlineData(new[] { 10d, 90, 10, 90 }, 16)]
    public async Task Read_Trend_IsTheSlopeFromTheOldestRunToTheNewest(double[] restored, double slope)
    {
        foreach (var (index, seconds) in restored.Index()) await RunAsync($"run-{index}", "swarm", true, (0, seconds));
        var trend = await ReadAsync("mttr-trend");
        Assert.Equal((slope, restored.Length), (trend.Value!.Value, trend.Samples!.Value), new PairComparer());
    }

    [Fact]
    public async Task Read_TrendOfOneRun_IsNoData()
    {
        await RunAsync("one", "swarm", true, (0, 10));
        Assert.Equal(MetricReadingKind.NoData, (await ReadAsync("mttr-trend")).Kind);
    }

    [Theory]
    [InlineData("swarm", 10, 20d)]
    [InlineData("swarm", 1, 30d)]
    [InlineData("swa*", 10, 20d)]
    [InlineData("*", 10, 115d)]
    [InlineData("SWARM", 10, null)]
    public async Task Read_PlaybookAndLast_SayWhichRunsAreMeant(string playbook, int last, double? expected)
    {
        await RunAsync("one", "swarm", true, (0, 10));
        await RunAsync("two", "other", true, (0, 400));
        await RunAsync("three", "swarm", true, (0, 20));
        await RunAsync("four", "swarm", true, (0, 30));
        await RunAsync("five", "swarm", ended: false, (0, 9999));
        Assert.Equal(expected, (await ReadAsync("mttr", playbook, last)).Value);
    }

    [Fact]
    public async Task Read_AnEndedRunIsRolledBackLater_CountsThatTooOnceItHasEndedAgain()
    {
        await RunAsync("one", "swarm");
        var source = new RolloutMetricSource(_log);
        Assert.Equal(0, (await ReadAsync("rollbacks", source: source)).Value);
        await WriteAsync("one", RunLogKind.RollbackStarted);
        Assert.Equal(MetricReadingKind.NoData, (await ReadAsync("rollbacks", source: source)).Kind);
        await WriteAsync("one", RunLogKind.RollbackFinished, new { took = TimeSpan.FromSeconds(7) });
        await WriteAsync("one", RunLogKind.Ended);
        Assert.Equal(7, (await ReadAsync("mttr", source: source)).Value);
    }

    [Fact]
    public async Task Find_RolloutsInAHostWithoutSources_IsBuiltIn()
    {
        var sources = new MetricSources(new MetricSourceOptions(), null!, TimeProvider.System, new RolloutMetricSource(_log));
        var readings = await new MetricReader(sources).ReadAsync(["m"], new Dictionary<string, Metric> { ["m"] = Metric("mttd", "swarm", null) }, TestContext.Current.CancellationToken);
        Assert.Equal("source rollouts: no run of swarm has ended on this host", readings["m"].Reason);
        Assert.Empty(sources.Names);
    }

    private static Metric Metric(string value, string playbook, int? last) => new() { Source = "rollouts", Value = value, Playbook = playbook, Last = last };

    private async Task<MetricReading> ReadAsync(string value, string playbook = "swarm", int? last = null, RolloutMetricSource? source = null) =>
        (await (source ?? new RolloutMetricSource(_log)).ReadAsync(new Dictionary<string, Metric> { ["m"] = Metric(value, playbook, last) }, TestContext.Current.CancellationToken))["m"];

    private async Task RunAsync(string id, string playbook, bool ended = true, params (double? Detected, double Took)[] rollbacks)
    {
        await WriteAsync(id, RunLogKind.Started, new { playbook });
        foreach (var (detected, took) in rollbacks)
        {
            await WriteAsync(id, RunLogKind.RollbackStarted);
            await WriteAsync(id, RunLogKind.RollbackFinished, new RollbackReport
            {
                To = "start",
                Cause = "errors",
                Actor = Actors.Rollout,
                Effects = [],
                Detected = detected is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Took = TimeSpan.FromSeconds(took),
            });
        }

        if (ended) await WriteAsync(id, RunLogKind.Ended);
    }

    private ValueTask WriteAsync(string runId, RunLogKind kind, object? data = null) => _log.AppendAsync(new RunLogEntry
    {
        EntryId = $"e{_lines++}",
        RunId = runId,
        At = Start,
        PlaybookTime = Start,
        Kind = kind,
        Actor = Actors.Rollout,
        Message = kind.ToString(),
        Data = data is null ? null : JsonSerializer.SerializeToElement(data, PlaybookJson.Options),
    }, TestContext.Current.CancellationToken);

    private sealed class PairComparer : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && x.Item2 == y.Item2;

        public int GetHashCode((double, double) obj) => 0;
    }
}
