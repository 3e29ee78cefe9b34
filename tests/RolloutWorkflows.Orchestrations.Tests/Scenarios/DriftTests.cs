using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Somebody changes what a run set: each tick reads it back, the soak is void, and the run holds until people decide.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task Drift_InTheSoak_VoidsItHoldsAndSaysWhatReadsWhatAndByWhom()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        await ByHandAsync(run, 50);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.Holding);
        var status = await run.StatusAsync();
        Assert.Equal("drift: flag:checkout reads 50 % where stage small set 10 %, changed by eve (a quick try); the soak is void", status.Because);
        Assert.Equal(("10 %", "50 %"), Assert.Single(status.Drift) is var drift ? (drift.Expected, drift.Found) : default);
        var soak = await run.SoakAsync("small");
        Assert.Equal((TimeSpan.Zero, 1), (soak.Counted, soak.Resets));
        Assert.Contains("flag:checkout reads 50 %", soak.LastBreach, StringComparison.Ordinal);
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.DriftFound);
        Assert.Equal(50, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Drift_GuardrailsMeasureRarely_IsFoundWithinAMinuteAllTheSame()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages.Replace("interval: 1m", "interval: 6h", StringComparison.Ordinal), metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await ByHandAsync(run, 50);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Drift_WhilePeopleThinkAboutTheApproval_HoldsAndTheQuestionStaysOpen()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await ByHandAsync(run, 50);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Single((await run.StatusAsync()).OpenApprovals);

        await ByHandAsync(run, 10);
        await run.WhenAsync(RunVerb.Resume, "cyn");

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Drift_WhileTheRunIsHeld_IsToldAndTheHoldStaysWhenItIsSettled()
    {
        await using var run = await SoakingAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn", "lunch");
        await ByHandAsync(run, 50);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("drift: flag:checkout", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal("cyn holds it: lunch", (await run.StatusAsync()).Because);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Resume_WhileDriftPersists_IsRefusedWithWhatToDo()
    {
        await using var run = await DriftedAsync(50);

        var answer = await run.WhenAsync(RunVerb.Resume, "cyn");

        Assert.Equal(RunLogKind.CommandRefused, answer.Kind);
        Assert.Contains("Restore it and resume, or retry (the run sets its values again), or ignore with a reason", answer.Message, StringComparison.Ordinal);
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Resume_AfterPeopleRestoredTheValue_GoesOnAtOnceAndTheSoakBeginsAnew()
    {
        await using var run = await DriftedAsync(50);
        await ByHandAsync(run, 10);

        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Resume, "cyn")).Kind);

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Empty((await run.StatusAsync()).Drift);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(23));
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Retry_OnDrift_SetsTheRunsValuesAgainAndGoesOn()
    {
        await using var run = await DriftedAsync(50);

        await run.WhenAsync(RunVerb.Retry, "bob", "not agreed");

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.DriftSettled, Actor: "bob", Message: "flag:checkout was set to 10 % again" });
        Assert.Equal(1, (await run.StatusAsync()).Attempt);
    }

    [Fact]
    public async Task Ignore_OnDrift_LetsWhatStandsStandAndResetsTheSoak()
    {
        await using var run = await DriftedAsync(5);

        await run.WhenAsync(RunVerb.Ignore, "cyn", "five are enough", isAdmin: true);

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(5, await run.PercentAsync("checkout"));
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.DriftSettled, Actor: "cyn", Message: "flag:checkout stands at 5 % instead of 10 %" });
        Assert.True((await run.SoakAsync("small")).Counted < TimeSpan.FromMinutes(1));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await ByHandAsync(run, 10);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Rollback_AfterAcceptedDrift_ComparesAndNeverRaisesExposure()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
        await ByHandAsync(run, 0);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.WhenAsync(RunVerb.Ignore, "cyn", "off for now", isAdmin: true);
        await run.ThenStateIsAsync(RunState.Soaking);

        await run.WhenAsync(RunVerb.Rollback, "cyn");

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout"));
        Assert.DoesNotContain((await run.Flags.AuditAsync("checkout")).TakeWhile(entry => entry.Actor != "eve"), entry => entry.After?.Percent > 0);
    }

    [Fact]
    public async Task Rollback_FindsAHandMadeZero_LeavesItAndSaysSo()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await ByHandAsync(run, 0);

        await run.WhenAsync(RunVerb.Rollback, "cyn");

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout"));
        Assert.Contains("1 had been changed by somebody else and were not raised", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Contains((await run.StatusAsync()).Rollback!.Effects, effect => effect is { Outcome: CompensationOutcome.Drifted, Message: "flag:checkout was changed by somebody else: 0 % stood where 100 % was expected; it is now 0 %." });
    }

    [Fact]
    public async Task Drift_FoundAfterACrashAndRestart_Holds()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await ByHandAsync(run, 50);
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);

        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Target_ThatCannotBeRead_IsAnErrorAndNoDriftAndHoldsPastItsLimit()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        var counted = (await run.SoakAsync("small")).Counted;
        run.FlagWrites.Silent = true;
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(counted, (await run.SoakAsync("small")).Counted);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Empty((await run.StatusAsync()).Drift);
        Assert.Contains("could not be read 5 times in a row: flag:checkout cannot be read: the flag store is down", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        run.FlagWrites.Silent = false;
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        Assert.True((await run.SoakAsync("small")).Counted >= counted);
    }

    [Fact]
    public async Task BrokenGlass_ThatLeavesTheRunsPartAlone_HoldsAndResetsTheSoak()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));

        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal { Kind = RunSignalKind.GlassBroken, From = "host", Actor = "eve", Reason = "incident", Message = "eve changed flag:checkout by hand" });

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal((TimeSpan.Zero, 1), await run.SoakAsync("small") is var soak ? (soak.Counted, soak.Resets) : default);
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.GlassBroken, Actor: "eve", Reason: "incident" });
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task BrokenGlass_ThatIsFoundAsDriftToo_GoesOnOnceTheValueIsSetAgain()
    {
        await using var run = await SoakingAsync();
        await ByHandAsync(run, 50);
        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal { Kind = RunSignalKind.GlassBroken, From = "host", Actor = "eve", Reason = "incident", Message = "eve changed flag:checkout by hand" });
        Assert.Single((await run.StatusAsync()).Drift);

        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Abort_WhileDriftIsOpen_FreesTheLeases()
    {
        await using var run = await DriftedAsync(50);
        Assert.NotEmpty(await run.Leases.ListAsync(RolloutScenario.RunId));

        await run.WhenAsync(RunVerb.Abort, "cyn");

        await run.ThenStateIsAsync(RunState.Aborted);
        Assert.Empty(await run.Leases.ListAsync(RolloutScenario.RunId));
        Assert.Equal(50, await run.PercentAsync("checkout"));
    }

    internal static async Task ByHandAsync(RolloutScenario run, double percent) =>
        await run.Flags.ChangeAsync(new FlagChange { Flag = "checkout", Actor = "eve", Reason = "a quick try", Apply = FlagEdit.Percent("checkout", percent) });

    private static async Task<RolloutScenario> SoakingAsync()
    {
        var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.ThenStateIsAsync(RunState.Soaking);
        return run;
    }

    private static async Task<RolloutScenario> DriftedAsync(double percent)
    {
        var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        await ByHandAsync(run, percent);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
        return run;
    }
}
