using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What should not happen, and must not leave a run deaf, unguarded or dead when it does.</summary>
public sealed class DisturbanceTests
{
    [Fact]
    public async Task Command_ThatCannotBeRead_IsRecordedAndTheRunStillListens()
    {
        await using var run = await StartAsync();
        await run.WhenEventArrivesAsync(OrchestrationNames.CommandEvent, new { verb = "dance" });
        await run.WhenEventArrivesAsync(OrchestrationNames.CommandEvent, null);
        Assert.Equal(2, (await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.Faulted && entry.Message.Contains("could not be read", StringComparison.Ordinal)));
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Signal_ThatCannotBeRead_IsRecordedAndTheRunStillListens()
    {
        await using var run = await StartAsync();
        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, "nonsense");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Signal_ThatDoesNotFitTheState_HoldsInsteadOfStoppingInSilence()
    {
        await using var run = await StartAsync();
        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal
        {
            Kind = RunSignalKind.PhaseEntered,
            From = OrchestrationNames.StageInstance(RolloutScenario.RunId, "small", 1),
            Trigger = RunTrigger.RollbackFinished,
            Message = "out of order",
        });
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Control_ThatCannotBeRead_LeavesStageAndWatchListening()
    {
        await using var run = await StartAsync();
        await run.WhenEventArrivesAsync(OrchestrationNames.ControlEvent, "nonsense", OrchestrationNames.StageInstance(RolloutScenario.RunId, "small", 1));
        await run.WhenEventArrivesAsync(OrchestrationNames.ControlEvent, "nonsense", OrchestrationNames.SoakInstance(RolloutScenario.RunId, "small", 1));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Watch_Ends_HoldsAndMeasuresAgainAfterARetry(ReplayMode replay)
    {
        await using var run = await StartAsync(replay);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.WhenTerminatedAsync(OrchestrationNames.SoakInstance(RolloutScenario.RunId, "small", 1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("nobody measures the guardrails", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Stage_BreaksWhileTheRunGoesBack_TheRollbackGoesOn()
    {
        await using var run = await StartAsync();
        await run.WhenEventArrivesAsync(OrchestrationNames.ControlEvent, new StageControl { Kind = StageControlKind.Hold }, OrchestrationNames.StageInstance(RolloutScenario.RunId, "small", 1));
        await run.WhenTerminatedAsync(OrchestrationNames.StageInstance(RolloutScenario.RunId, "small", 1));
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Rollback_IsTerminated_BeginsAgainByItself(ReplayMode replay)
    {
        await using var run = await StartAsync(replay);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.ThenStateIsAsync(RunState.RollingBack);
        await run.WhenTerminatedAsync(OrchestrationNames.RollbackInstance(RolloutScenario.RunId, 2));
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Abort_WhileARollbackIsBlocked_ChangesNothingAnyMore(ReplayMode replay)
    {
        await using var run = await StartAsync(replay);
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.WhenAsync(RunVerb.Abort, "cyn", isAdmin: true);
        await run.ThenStateIsAsync(RunState.Aborted);
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Contains("it leaves in place: flag:checkout", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_Blocked_TellsPeopleOnceAndRecordsEveryEffect()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenAsync(RunVerb.Retry, "cyn");
        run.FlagWrites.Broken = true;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        run.FlagWrites.Broken = false;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        var record = await run.RecordAsync();
        Assert.Equal(2, record.Count(entry => entry.Kind == RunLogKind.EffectCompensated));
        Assert.Single(record, entry => entry.Kind == RunLogKind.Held && entry.Message.Contains("blocked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_ArrivesWhileTheLastTickMeasures_IsNotLostOverContinueAsNew()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        // The control that starts the soak was the first tick, so the 499th measurement is the last one of the execution.
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(SoakOrchestrator.TicksPerExecution - 2));
        var instance = OrchestrationNames.SoakInstance(RolloutScenario.RunId, "small", 1);
        run.Metrics.WhileAsked = () => run.RaiseAsync(instance, OrchestrationNames.ControlEvent, new SoakControl { Kind = SoakControlKind.Stop });
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        var asked = run.Metrics.Asked;
        run.Metrics.WhileAsked = null;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(asked, run.Metrics.Asked);
    }

    private static Task<RolloutScenario> StartAsync(ReplayMode replay = ReplayMode.Sticky) =>
        RolloutScenario.GivenAsync(GoodWayTests.TwoStages, replay, GoodWayTests.AllGreen);
}
