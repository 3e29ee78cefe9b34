using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The way back: which effects a rollback lists, and what becomes of each.</summary>
public sealed class RollbackTests : IDisposable
{
    private static readonly string[] Stages = ["canary", "one", "ten", "fifty"];

    private readonly StepRig _rig = new();
    private int _epoch;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Start_SeveralEffectsOnOneFlag_AllAreRestoredNewestFirst()
    {
        await ClimbAsync();

        var results = await RollBackAsync(RollbackTarget.Start);

        Assert.Equal(
            [
                "flag:bar went back from 50 % to 10 %.",
                "flag:bar went back from 10 % to 1 %.",
                "flag:bar went back from 1 % to 0 %.",
                "flag:bar went back from a canary of 2 users to no canary.",
            ],
            results.Select(result => result.Message));
        Assert.All(results, result => Assert.Equal(CompensationOutcome.Restored, result.Outcome));
        var flag = (await _rig.Flags.FindAsync("bar"))!;
        Assert.Equal((0d, FlagCanary.None), (flag.Percent, flag.Canary));
        Assert.All(await _rig.Journal.ListAsync("run"), effect => Assert.Equal(EffectState.Compensated, effect.State));
    }

    [Fact]
    public async Task StageStart_UndoesThisStageOnly()
    {
        await ClimbAsync();

        var results = await RollBackAsync(RollbackTarget.StageStart);

        Assert.Equal("flag:bar went back from 50 % to 10 %.", Assert.Single(results).Message);
    }

    [Fact]
    public async Task StageStart_EarlierTryOfTheStageStillStands_IsUndoneToo()
    {
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 40 }, attempt: 1);
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 50 }, attempt: 2);

        Assert.Equal(2, (await RollBackAsync(RollbackTarget.StageStart, attempt: 2)).Count);
        Assert.Equal(0, await _rig.PercentAsync("bar"));
    }

    [Theory]
    [InlineData("one", 1d)]
    [InlineData("ten", 10d)]
    [InlineData("fifty", 50d)]
    [InlineData("never-opened", 0d)]
    public async Task Stage_RestoresWhatWasPromoted(string stage, double percent)
    {
        await ClimbAsync();

        await RollBackAsync(new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = stage });

        Assert.Equal(percent, await _rig.PercentAsync("bar"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(0)]
    public async Task Percent_FallsToThatAndLaterAllTheWayBack(double percent)
    {
        await ClimbAsync();

        var down = await RollBackAsync(new RollbackTarget { Kind = RollbackTargetKind.Percent, Percent = percent }, percent);
        Assert.Equal(percent, await _rig.PercentAsync("bar"));
        Assert.DoesNotContain(down, result => result.Outcome is CompensationOutcome.Drifted or CompensationOutcome.Blocked);
        Assert.True((await _rig.Flags.FindAsync("bar"))!.Canary.Enabled);

        var back = await RollBackAsync(RollbackTarget.Start);
        Assert.Equal(0, await _rig.PercentAsync("bar"));
        Assert.DoesNotContain(back, result => result.Outcome is CompensationOutcome.Drifted or CompensationOutcome.Blocked);
    }

    [Fact]
    public async Task Percent_FlagIsLowerAlready_ListsNothing()
    {
        await StepAsync("ten", "flag/rollout", new { flag = "bar", percent = 10 });
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 3 });

        Assert.Empty(await RollBackAsync(new RollbackTarget { Kind = RollbackTargetKind.Percent, Percent = 5 }, 5));
    }

    [Fact]
    public async Task BeginRollback_Repeated_RaisesAndChangesNothingMore()
    {
        await ClimbAsync();

        var first = await BeginAsync(RollbackTarget.Start, 1);
        var again = await BeginAsync(RollbackTarget.Start, 1);

        Assert.Equal(first.Effects.Select(effect => effect.EffectId), again.Effects.Select(effect => effect.EffectId));
        Assert.Equal(1, await _rig.Journal.RaiseEpochAsync("run", 0, surface: null));
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(80, 10)]
    [InlineData(4, 4)]
    public async Task Compensate_SomebodyChangedThePercentage_TakesTheLowerAndSaysSo(double byHand, double expected)
    {
        await ClimbAsync();
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", byHand));

        var result = Assert.Single(await RollBackAsync(RollbackTarget.StageStart));

        Assert.Equal(CompensationOutcome.Drifted, result.Outcome);
        Assert.Equal(FormattableString.Invariant($"flag:bar was changed by somebody else: {byHand} % stood where 50 % was expected; it is now {expected} %."), result.Message);
        Assert.Equal((expected, expected), (await _rig.PercentAsync("bar"), result.ReadBack.GetDouble()));
    }

    [Fact]
    public async Task Compensate_PriorValueStandsAlready_ChangesNothing()
    {
        await ClimbAsync();
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));

        var result = Assert.Single(await RollBackAsync(RollbackTarget.StageStart));

        Assert.Equal((CompensationOutcome.AlreadyPrior, "flag:bar stood at 10 % already."), (result.Outcome, result.Message));
    }

    [Fact]
    public async Task Compensate_SomebodyChangedTheAllowlist_KeepsOnlyWhoIsOnBoth()
    {
        await StepAsync("canary", "flag/canary", new { flag = "bar", users = new[] { "ada", "bob", "cy" } });
        await StepAsync("one", "flag/canary", new { flag = "bar", users = new[] { "ada", "bob", "dee" } });
        await _rig.ByHandAsync("bar", FlagEdit.Canary("bar", FlagCanary.Of(true, ["bob", "cy", "eve"])));

        var result = Assert.Single(await RollBackAsync(RollbackTarget.StageStart, stage: "one"));

        Assert.Equal(CompensationOutcome.Drifted, result.Outcome);
        Assert.Equal(FlagCanary.Of(true, ["bob", "cy"]), (await _rig.Flags.FindAsync("bar"))!.Canary);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compensate_SomebodyChangedASwitch_SetsTheSafeValue(bool safe)
    {
        await _rig.ByHandAsync("captions", FlagEdit.Enabled("captions", true));
        await StepAsync("fifty", "flag/set", new { flag = "captions", value = true, safe });
        await _rig.ByHandAsync("captions", FlagEdit.Enabled("captions", false));

        var result = Assert.Single(await RollBackAsync(RollbackTarget.StageStart));

        Assert.Equal(CompensationOutcome.Drifted, result.Outcome);
        Assert.Equal(safe, (await _rig.Flags.FindAsync("captions"))!.Enabled);
    }

    [Fact]
    public async Task Compensate_RollbackToIsStated_RestoresThatInstead()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 50 }, request => request with { RollbackTo = JsonSerializer.SerializeToElement("2%") });

        Assert.Equal("flag:bar went back from 50 % to 2 %.", Assert.Single(await RollBackAsync(RollbackTarget.StageStart)).Message);
    }

    [Fact]
    public async Task Compensate_Irreversible_IsLeftInPlaceWithWhatLiesUnderIt()
    {
        await StepAsync("ten", "flag/rollout", new { flag = "bar", percent = 10 });
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 50 }, request => request with { Irreversible = true });

        var results = await RollBackAsync(RollbackTarget.Start);

        Assert.All(results, result => Assert.Equal(CompensationOutcome.LeftInPlace, result.Outcome));
        Assert.Equal(50, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task Compensate_Repeated_GivesTheSameAnswerAndChangesNothing()
    {
        await ClimbAsync();
        var effect = (await BeginAsync(RollbackTarget.StageStart, 1)).Effects[0];
        await CompensateAsync(effect, 1);
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 20));

        var again = await CompensateAsync(effect, 1);

        Assert.Equal((CompensationOutcome.Restored, "flag:bar was undone before; it reads 20 %."), (again.Outcome, again.Message));
        Assert.Equal(20, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task Compensate_OlderBeforeNewerOnOneFlag_WaitsForTheNewer()
    {
        await ClimbAsync();
        var effects = (await BeginAsync(RollbackTarget.Start, 1)).Effects;

        var result = await CompensateAsync(effects[1], 1);

        Assert.Equal((CompensationOutcome.Blocked, "flag:bar waits for the later change of step step in stage fifty to be undone."), (result.Outcome, result.Message));
        Assert.Equal(50, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task Compensate_UnknownEffect_IsBlockedNotThrown()
    {
        var result = await _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest { RunId = "run", EffectId = "absent", Epoch = 1, Actor = "ada", Reason = "why" });

        Assert.Equal((CompensationOutcome.Blocked, "The effect is not in the journal."), (result.Outcome, result.Message));
    }

    [Fact]
    public async Task Compensate_IntentThatWasNeverSent_IsAlreadyPrior()
    {
        await _rig.Journal.IntendAsync(new EffectRecord
        {
            EffectId = "crashed",
            RunId = "run",
            Sequence = 0,
            Epoch = 0,
            Stage = "fifty",
            Attempt = 1,
            StepId = "step",
            Uses = "flag/rollout",
            Target = "flag:bar",
            Prior = JsonSerializer.SerializeToElement<object?>(null),
            Intended = JsonSerializer.SerializeToElement(50),
            State = EffectState.Intended,
        });

        Assert.Equal(CompensationOutcome.AlreadyPrior, Assert.Single(await RollBackAsync(RollbackTarget.StageStart)).Outcome);
    }

    [Fact]
    public async Task Retry_AfterARollback_ActsInTheNewEpoch()
    {
        await ClimbAsync();
        await RollBackAsync(RollbackTarget.Start);

        var result = await StepAsync("one", "flag/rollout", new { flag = "bar", percent = 1 }, request => request with { Epoch = 1 }, attempt: 2);

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(1, await _rig.PercentAsync("bar"));
    }

    private async Task ClimbAsync()
    {
        await StepAsync("canary", "flag/canary", new { flag = "bar", users = new[] { "ada", "bob" } });
        await StepAsync("one", "flag/rollout", new { flag = "bar", percent = 1 });
        await StepAsync("ten", "flag/rollout", new { flag = "bar", percent = 10 });
        await StepAsync("fifty", "flag/rollout", new { flag = "bar", percent = 50 });
    }

    private async Task<StepResult> StepAsync(string stage, string uses, object with, Func<StepRequest, StepRequest>? change = null, int attempt = 1)
    {
        var request = StepRig.Request(uses, with) with { Stage = stage, Attempt = attempt };
        var result = await _rig.StepAsync(change?.Invoke(request) ?? request);
        Assert.Equal(StepVerdict.Passed, result.Verdict);
        return result;
    }

    private async Task<List<CompensationResult>> RollBackAsync(RollbackTarget to, double? percent = null, string stage = "fifty", int attempt = 1)
    {
        var epoch = ++_epoch;
        var results = new List<CompensationResult>();
        foreach (var effect in (await BeginAsync(to, epoch, stage, attempt)).Effects)
            results.Add(await CompensateAsync(effect, epoch, percent));
        return results;
    }

    private Task<RollbackWork> BeginAsync(RollbackTarget to, int epoch, string stage = "fifty", int attempt = 1) =>
        _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest { RunId = "run", Epoch = epoch, To = to, Stage = stage, Attempt = attempt, OpenedStages = Stages });

    private Task<CompensationResult> CompensateAsync(EffectRecord effect, int epoch, double? percent = null) =>
        _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest { RunId = "run", EffectId = effect.EffectId, Epoch = epoch, Actor = "rollout", Reason = "error-rate failed", Percent = percent });
}
