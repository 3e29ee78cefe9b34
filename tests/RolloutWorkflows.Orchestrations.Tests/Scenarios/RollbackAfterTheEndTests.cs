namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A run that has ended can be rolled back until a later run touches one of its targets.</summary>
public sealed class RollbackAfterTheEndTests
{
    private const string TwoSteps = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: after }
        spec:
          people: { persons: { ada: { name: Ada }, bob: { name: Bob } } }
          channels: { all: { webhook: all } }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: after, percent: 10 } } ]
              rollback: { to: stage-start }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: after, percent: 100 } } ]
              rollback: { to: stage-start, objective: 1m }
          finally: [ { uses: announce, with: { to: [all], text: done } } ]
        """;

    [Fact]
    public async Task Succeeded_RolledBack_GoesBackAsTheLastStageSaysAndThenAllTheWay()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoSteps);
        await run.ThenStateIsAsync(RunState.Succeeded);
        var ended = await run.StatusAsync();
        Assert.Equal([RunVerb.Rollback], ended.Accepts);
        Assert.Equal(("all", "stage-start"), (ended.RollsBack!.Stage, ended.RollsBack.To.ToString()));

        await run.WhenTimePassesAsync(TimeSpan.FromDays(3));
        var answer = await run.WhenRolledBackAfterTheEndAsync("bob", "customers complain");
        Assert.Equal((RunLogKind.CommandAccepted, "bob", "customers complain"), (answer.Kind, answer.Actor, answer.Reason));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("after"));
        var back = await run.StatusAsync();
        Assert.Null(back.EndedAt);
        Assert.Equal(ended.StartedAt, back.StartedAt);
        Assert.True(back.Rollback!.ObjectiveMet);
        Assert.Equal([StageState.Promoted, StageState.RolledBack], back.Stages.Select(stage => stage.State));
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.StateChanged } && entry.Message.StartsWith("Succeeded → RollingBack: bob asked", StringComparison.Ordinal));

        await run.WhenAsync(RunVerb.Rollback, "bob", "all of it");
        Assert.Equal(0, await run.PercentAsync("after") ?? 0);
    }

    [Fact]
    public async Task Succeeded_RolledBackAndTriedAgain_SucceedsAgainWithoutItsLastStepsTwice()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoSteps);
        await run.WhenRolledBackAfterTheEndAsync("bob");
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(100, await run.PercentAsync("after"));
        Assert.Equal(2, (await run.StatusAsync()).Stages[1].Attempt);
        Assert.Single(await run.RecordAsync(), entry => entry.Message.StartsWith("finally ", StringComparison.Ordinal));
        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.Started);

        // It has ended anew, and can be taken back anew.
        await run.WhenRolledBackAfterTheEndAsync("bob");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("after"));
    }

    [Fact]
    public async Task Succeeded_ALaterRunTouchedATarget_IsRefusedAndStaysEnded()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoSteps);
        var ended = await run.StatusAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.WhenAnotherRunStartsAsync("run-2", TwoSteps.Replace("percent: 10 ", "percent: 30 ", StringComparison.Ordinal));
        var answer = await run.WhenRolledBackAfterTheEndAsync("bob");
        Assert.Equal("rollback by bob was refused: later runs have what this one changed, so that going back would undo theirs: flag:after was changed by run-2", answer.Message.Replace("flag:after/percent", "flag:after", StringComparison.Ordinal));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(ended.EndedAt, (await run.StatusAsync()).EndedAt);
        Assert.Equal(100, await run.PercentAsync("after"));
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenRolledBackAfterTheEndAsync("bob")).Kind);
    }

    [Fact]
    public async Task Succeeded_ALaterRunTouchedSomethingElse_GoesBack()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoSteps);
        await run.WhenAnotherRunStartsAsync("run-2", TwoSteps.Replace("flag: after", "flag: other", StringComparison.Ordinal));
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenRolledBackAfterTheEndAsync("bob")).Kind);
        Assert.Equal((10d, 100d), (await run.PercentAsync("after"), await run.PercentAsync("other")));
    }

    [Fact]
    public async Task Aborted_RolledBack_TakesBackWhatStayedInPlace()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenAsync(RunVerb.Abort, "cyn", "enough");
        await run.ThenStateIsAsync(RunState.Aborted);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenRolledBackAfterTheEndAsync("bob", "take it away as well");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        await run.WhenAsync(RunVerb.Abort, "cyn", "done");
        await run.ThenStateIsAsync(RunState.Aborted);
    }

    [Fact]
    public async Task Succeeded_ChangedByHandSince_IsNeverRaised()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoSteps);
        await run.FlagWrites.ChangeAsync(new Activities.FlagChange { Flag = "after", Actor = "dan", Reason = "by hand", Apply = state => state! with { Percent = 0 } });
        await run.WhenRolledBackAfterTheEndAsync("bob");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("after"));
        Assert.Equal(CompensationOutcome.Drifted, Assert.Single((await run.StatusAsync()).Rollback!.Effects).Outcome);
    }
}
