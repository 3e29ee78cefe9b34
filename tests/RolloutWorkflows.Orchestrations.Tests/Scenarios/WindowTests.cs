using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Scenarios start on Monday, 2 March 2026, 09:00 UTC, which is 10:00 in Berlin.</summary>
public sealed class WindowTests
{
    private const string InOffice = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: office }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob } }
            groups: { captains: [ada, bob] }
          windows:
            timeZone: Europe/Berlin
            allow: [ { days: mon-thu, hours: "HOURS" } ]
            deny: [ { from: 2026-03-03, to: 2026-03-04, reason: quarter close } ]
          stages:
            - name: only
              ready: [ { uses: manual/confirm, with: { prompt: Ready?, approvers: [ { group: captains } ] } } ]
              approval: { when: before, approvers: [ { group: captains } ] }
              steps: [ { uses: flag/rollout, with: { flag: office, percent: 5 } } ]
              rollback: { to: start }
        """;

    [Fact]
    public async Task Window_Closed_WaitsOverTheDeniedDaysAndTheNight()
    {
        await using var run = await GivenAsync("14:00-16:00");
        await run.ThenStateIsAsync(RunState.Waiting);
        Assert.Equal("only waits for its window: outside the allowed windows; it opens at 2026-03-02 13:00 UTC (14:00 in Europe/Berlin)", (await run.StatusAsync()).Because);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);

        await run.WhenTimePassesAsync(TimeSpan.FromDays(1));
        await run.WhenAsync(RunVerb.Approve, "bob", "ready");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob", "go");
        await run.ThenStateIsAsync(RunState.Waiting);
        Assert.Contains("quarter close", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Null(await run.PercentAsync("office"));
    }

    [Fact]
    public async Task Window_OpensLongAfterTheChecks_ChecksAgainBeforeActing()
    {
        await using var run = await GivenAsync("09:00-16:00");
        await run.WhenAsync(RunVerb.Approve, "bob", "ready");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(8));
        await run.WhenAsync(RunVerb.Approve, "bob", "go");
        await run.ThenStateIsAsync(RunState.Waiting);

        // Thursday 09:00 in Berlin, since the two days between are denied.
        await run.WhenTimePassesAsync(TimeSpan.FromHours(63));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob", "still ready");
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(5, await run.PercentAsync("office"));
    }

    [Fact]
    public async Task Window_WhileItWaits_HoldRollbackAndAbortCount()
    {
        await using var run = await GivenAsync("14:00-16:00");
        await run.WhenAsync(RunVerb.Hold, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Resume, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Abort, "bob");
        await run.ThenStateIsAsync(RunState.Aborted);
    }

    [Fact]
    public async Task Window_OnAHoliday_WaitsAndSaysItsName()
    {
        // Monday, 2 March is a holiday where the office is; the days after it are denied.
        await using var run = await RolloutScenario.GivenHolidaysAsync(
            InOffice.Replace("HOURS", "09:00-16:00", StringComparison.Ordinal).Replace("timeZone: Europe/Berlin", "timeZone: Europe/Berlin\n    holidays: berlin", StringComparison.Ordinal),
            new Dictionary<string, IReadOnlyList<Holiday>> { ["berlin"] = [new Holiday(new DateOnly(2026, 3, 2), "Founders' Day")] });
        await run.ThenStateIsAsync(RunState.Waiting);
        Assert.Equal("only waits for its window: Founders' Day; it opens at 2026-03-05 08:00 UTC (09:00 in Europe/Berlin)", (await run.StatusAsync()).Because);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(72));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    private static Task<RolloutScenario> GivenAsync(string hours) => RolloutScenario.GivenAsync(InOffice.Replace("HOURS", hours, StringComparison.Ordinal));
}
