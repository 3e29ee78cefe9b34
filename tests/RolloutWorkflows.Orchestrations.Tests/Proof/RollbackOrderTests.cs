namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>The way back as a whole: quiesce, compensation, recovery, verification, and how long it took.</summary>
public sealed class RollbackOrderTests
{
    private const string Two = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn] }
          metrics: { settled: { source: test, value: settled }, errors: { source: test, value: errors } }
          guardrails: [ { metric: errors, interval: 1m, failureCondition: result > 5% } ]
          stages:
            - name: small
              steps:
                - { uses: flag/rollout, with: { flag: checkout, percent: 10 } }
                - { uses: flag/rollout, with: { flag: search, percent: 20 }, MORE }
              soak: { for: 24h }
              rollback: { to: start, PLAN objective: 5m }
        """;

    private const string Settle = "uses: metric/threshold, with: { metric: settled, successCondition: result >= 1 }, retry: { maxAttempts: 50, interval: 20s, backoff: 1 }";

    [Fact]
    public async Task Before_TakesAMinuteAtMostAndItsFailureNeverStopsCompensation()
    {
        await using var run = await StartAsync(plan: $"before: [ {{ {Settle} }} ],");
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RollingBack);
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (await run.PercentAsync("checkout"), await run.PercentAsync("search")));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Before_ThatFailsAtOnce_IsReportedAndCompensationGoesOn()
    {
        await using var run = await StartAsync(plan: "before: [ { uses: metric/threshold, with: { metric: settled, successCondition: result >= 1 } } ],", settled: 0);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout"));
        Assert.Equal(("before", StepVerdict.Failed), (await run.StatusAsync()).Rollback!.Steps.Select(step => (step.Part, step.Verdict)).Single());
    }

    [Fact]
    public async Task StepsThenVerify_FollowTheCompensation()
    {
        const string Check = "uses: metric/threshold, with: { metric: settled, successCondition: result >= 1 }";
        await using var run = await StartAsync(plan: $"verify: [ {{ {Check} }} ], steps: [ {{ {Settle} }} ],");
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RollingBack);
        Assert.Equal(0, await run.PercentAsync("checkout"));
        run.Metrics.Say("settled", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(20));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(["recovery", "verify"], (await run.StatusAsync()).Rollback!.Steps.Select(step => step.Part));
    }

    [Fact]
    public async Task Objective_IsMeasuredFromTheBreachingMeasurementToTheLastReadBack()
    {
        await using var run = await StartAsync(plan: $"steps: [ {{ {Settle} }} ],");
        run.Metrics.Say("errors", _ => MetricReading.Of(1));
        run.FlagWrites.Broken = true;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RollingBack);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await run.PercentAsync("checkout"));
        // The recovery takes an hour more, which is none of the objective's business.
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        var report = (await run.StatusAsync()).Rollback!;
        Assert.InRange(report.Took!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.True(report.ObjectiveMet);
    }

    [Fact]
    public async Task BlockedCompensation_IsRetriedForEverAndSaysWhatBlocks()
    {
        await using var run = await StartAsync();
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(2));
        await run.ThenStateIsAsync(RunState.RollingBack);
        Assert.Contains("the flag store is down", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(30));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Irreversible_IsNamedInTheStateAndNeverPlainRolledBack()
    {
        await using var run = await StartAsync(more: "irreversible: true");
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((0, 20), (await run.PercentAsync("checkout"), await run.PercentAsync("search")));
        var status = await run.StatusAsync();
        Assert.Equal(1, status.Rollback!.LeftInPlace);
        Assert.StartsWith("rolled back to start, 1 effects left in place (flag:search): ", status.Because, StringComparison.Ordinal);
    }

    private static Task<RolloutScenario> StartAsync(string plan = "", string more = "", double? settled = null) =>
        RolloutScenario.GivenAsync(
            Two.Replace("PLAN", plan, StringComparison.Ordinal).Replace(", MORE", more.Length == 0 ? "" : $", {more}", StringComparison.Ordinal),
            metrics: metrics =>
            {
                metrics.Say("errors", _ => MetricReading.Of(0));
                metrics.Say("settled", _ => settled is { } value ? MetricReading.Of(value) : MetricReading.NoData("not known yet"));
            });
}
