using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>While a window is closed, the time of approvals, confirmations and <c>atMost</c> stands still; soaks, guardrails and rollbacks do not.</summary>
public sealed class DeadlineTests
{
    /// <summary>Scenarios start on Monday, 2 March 2026, 09:00 UTC.</summary>
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: office }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob } }
            groups: { captains: [ada, bob] }
          metrics: { errors: { source: test, value: errors }, happy: { source: test, value: happy } }
          guardrails: [ { metric: errors, interval: 10m, failureCondition: result > 5% } ]
          windows: { allow: [ { hours: "09:00-16:00" } ] }
          stages:
            - name: only
              READY
              steps: [ { uses: flag/rollout, with: { flag: office, percent: 5 } } ]
              soak: { for: 2h, atMost: 5h }
              criteria: [ { uses: metric/threshold, with: { metric: happy, successCondition: result >= 4.0 } } ]
              approval: { approvers: [ { group: captains } ], timeout: 6h, onTimeout: hold }
              rollback: { to: start }
        """;

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Approval_WindowClosesWhileItIsOpen_StandsStillUntilItOpens(ReplayMode replay)
    {
        await using var run = await GivenAsync(replay: replay);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2.1)); // 11:06, asked a little after 11:00
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Null(open.StandsStill);
        // Five of the six hours pass on Monday, the last one on Tuesday morning.
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), open.Deadline!.Value, TimeSpan.FromMinutes(5));

        await run.WhenTimePassesAsync(TimeSpan.FromHours(6));
        Assert.Equal("the window is closed (outside the allowed windows) until 2026-03-03 09:00 UTC", (await run.StatusAsync()).OpenApprovals.Single().StandsStill);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(16));
        Assert.Null((await run.StatusAsync()).OpenApprovals.Single().StandsStill);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Approval_ServerRestartsWhileItsTimeStandsStill_KeepsItsDeadline()
    {
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        var before = (await run.StatusAsync()).OpenApprovals.Single();
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(14.5));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(before.Deadline, (await run.StatusAsync()).OpenApprovals.Single().Deadline);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Approval_WhileItsTimeStandsStill_IsTakenAllTheSame()
    {
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Confirmation_WindowCloses_StandsStillToo()
    {
        await using var run = await GivenAsync("ready: [ { uses: manual/confirm, with: { prompt: Ready?, approvers: [ { group: captains } ], timeout: 8h } } ]");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(24.5)); // 09:30 on Tuesday: 7.5 hours of open time
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task AtMost_WindowCloses_StandsStillAndTheSoakDoesNot()
    {
        await using var run = await GivenAsync();
        run.Metrics.Say("happy", _ => MetricReading.Of(3.9));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 14, 0, 0, TimeSpan.Zero), (await run.SoakAsync("only")).Deadline!.Value, TimeSpan.FromMinutes(1));

        await using var late = await GivenAsync(playbook: Playbook.Replace("09:00-16:00", "07:00-11:00", StringComparison.Ordinal));
        late.Metrics.Say("happy", _ => MetricReading.Of(3.9));
        await late.WhenTimePassesAsync(TimeSpan.FromHours(2.1));
        Assert.True((await late.SoakAsync("only")).Passed);
        // Two of the five hours have passed when the window closes at 11:00; the others begin on Tuesday at 07:00.
        await late.WhenTimePassesAsync(TimeSpan.FromHours(22.5));
        await late.ThenStateIsAsync(RunState.Soaking);
        await late.WhenTimePassesAsync(TimeSpan.FromHours(0.5));
        await late.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Guardrail_WhileTheWindowIsClosed_RollsBack()
    {
        await using var run = await GivenAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(11));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("office") ?? 0);
    }

    [Fact]
    public async Task Approval_InACompressedRun_CountsRealTime()
    {
        // A day passes in a second, and people still have their six hours, whatever windows open and close meanwhile.
        await using var run = await GivenAsync(compression: 86_400);
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(2));
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.Equal(open.AskedAt + TimeSpan.FromHours(6), open.Deadline);
        Assert.Null(open.StandsStill);
    }

    private static Task<RolloutScenario> GivenAsync(string ready = "", string playbook = Playbook, ReplayMode replay = ReplayMode.Sticky, double compression = 1) =>
        RolloutScenario.GivenAsync(playbook.Replace("READY", ready, StringComparison.Ordinal), replay, GoodWayTests.AllGreen, compression);
}
