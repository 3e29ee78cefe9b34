namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A change that is still under way when the run goes back: it settles first, or comes too late.</summary>
public sealed class UnderWayTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: under-way }
        spec:
          rollback: { to: start }
          stages:
            - name: first
              steps: [ { uses: flag/rollout, with: { flag: search, percent: 5 } } ]
              approval: { approvers: [ { person: bob } ] }
            - name: second
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
          people:
            persons: { ada: {}, bob: {} }
        """;

    [Fact]
    public async Task Effect_UnderWay_SettlesBeforeTheCompensationStarts()
    {
        await using var run = await WithAChangeUnderWayAsync(TimeSpan.FromSeconds(20));

        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(19));
        Assert.Equal(5, await run.PercentAsync("search"));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(1));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((0, 0), (await run.PercentAsync("search") ?? 0, await run.PercentAsync("checkout") ?? 0));
        Assert.Contains(await run.Flags.AuditAsync("checkout"), line => line.After?.Percent == 10);
    }

    [Fact]
    public async Task Effect_StillUnderWayAfterThirtySeconds_IsOvertakenAndComesToNothing()
    {
        await using var run = await WithAChangeUnderWayAsync(TimeSpan.FromSeconds(50));

        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(29));
        Assert.Equal(5, await run.PercentAsync("search"));
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("search"));

        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        Assert.DoesNotContain(await run.Flags.AuditAsync("checkout"), line => line.After?.Percent == 10);
    }

    /// <summary>The second stage's change is under way for so long when somebody rolls back.</summary>
    private static async Task<RolloutScenario> WithAChangeUnderWayAsync(TimeSpan takes)
    {
        var run = await RolloutScenario.GivenAsync(Playbook);
        run.FlagWrites.NextTakes = takes;
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Acting);
        await run.WhenAsync(RunVerb.Rollback, "bob");
        await run.ThenStateIsAsync(RunState.RollingBack);
        return run;
    }
}
