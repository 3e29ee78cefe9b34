using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Steps that are delivered twice, late, or while somebody else acts.</summary>
public sealed class EffectDeliveryTests : IDisposable
{
    private const string Key = "run/1/1";

    private readonly StepRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Redelivered_AfterItWasApplied_PassesAndSendsNothing()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 1));
        await RolloutAsync(10, Key);
        var changes = (await _rig.Flags.AuditAsync("bar")).Count;

        var again = await RolloutAsync(10, Key);

        Assert.Equal((StepVerdict.Passed, 1d), (again.Verdict, again.Outputs["before"].GetDouble()));
        Assert.Equal(changes, (await _rig.Flags.AuditAsync("bar")).Count);
        Assert.Single(await _rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Redelivered_CrashedBetweenIntentAndSend_SendsNow()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 1));
        await _rig.Journal.IntendAsync(Intent(prior: 1, intended: 10));

        var result = await RolloutAsync(10, Key);

        Assert.Equal((StepVerdict.Passed, "flag:bar went from 1 % to 10 %."), (result.Verdict, result.Message));
        Assert.Equal(10, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task Redelivered_CrashedBetweenSendAndResult_SendsNothing()
    {
        await _rig.Journal.IntendAsync(Intent(prior: 1, intended: 10));
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));

        var result = await RolloutAsync(10, Key);

        Assert.Equal((StepVerdict.Passed, "flag:bar went from 1 % to 10 %."), (result.Verdict, result.Message));
        Assert.Single(await _rig.Flags.AuditAsync("bar"));
        Assert.Equal(EffectState.Applied, (await _rig.Journal.FindAsync(Key))!.State);
    }

    [Theory]
    [InlineData(EffectState.Intended, "flag:bar was not changed: somebody changed it from 1 % to 30 % while the step was under way.")]
    [InlineData(EffectState.Applied, "flag:bar was set to 10 % by this step, and somebody has changed it to 30 % since.")]
    public async Task Redelivered_SomebodyChangedTheFlag_ErrorsAndKeepsTheirValue(EffectState state, string message)
    {
        await _rig.Journal.IntendAsync(Intent(prior: 1, intended: 10));
        if (state == EffectState.Applied) await _rig.Journal.SettleAsync(Key, state);
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 30));

        var result = await RolloutAsync(10, Key);

        Assert.Equal((StepVerdict.Errored, message), (result.Verdict, result.Message));
        Assert.Equal(30, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task OlderEpoch_NewStep_IsNotSent()
    {
        await _rig.Journal.RaiseEpochAsync("run", 1, surface: null);

        var result = await RolloutAsync(10, Key);

        Assert.Equal((StepVerdict.Errored, "flag/rollout was not sent: the run was rolled back in the meantime (its epoch is 1, the step's 0)."), (result.Verdict, result.Message));
        Assert.Null(await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task OlderEpoch_OvertakenBetweenIntentAndSend_IsRefusedByTheFlag()
    {
        using var rig = new StepRig(services => services.AddSingleton<IFlagStore>(provider => new OvertakenStore(new InMemoryFlagStore(TimeProvider.System))));
        var store = (OvertakenStore)rig.Flags;
        // The rollback of the same run gets in after the step has read and journaled, and before it writes.
        store.BeforeChange = async () =>
        {
            var effect = Assert.Single((await rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, Rollback())).Effects);
            var undone = await rig.CallAsync<CompensationResult>(ActivityNames.Compensate, Compensation(effect));
            Assert.Equal(CompensationOutcome.AlreadyPrior, undone.Outcome);
        };

        var result = await rig.StepAsync(StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }), Key);

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith("flag:bar was not changed: a later change of the same run stands", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, await rig.PercentAsync("bar"));
        Assert.Equal(EffectState.Compensated, (await rig.Journal.FindAsync(Key))!.State);
    }

    [Fact]
    public async Task Step_StoreFails_IsErroredWithTheReason()
    {
        using var rig = new StepRig(services => services.AddSingleton<IFlagStore>(provider => new OvertakenStore(new InMemoryFlagStore(TimeProvider.System))));
        ((OvertakenStore)rig.Flags).BeforeChange = () => throw new IOException("the disk is full");

        var result = await rig.StepAsync(StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }), Key);

        Assert.Equal((StepVerdict.Errored, "flag/rollout failed: the disk is full"), (result.Verdict, result.Message));
        Assert.Equal(EffectState.Intended, (await rig.Journal.FindAsync(Key))!.State);
    }

    [Fact]
    public async Task Step_WorkerStops_PassesTheCancellationOn()
    {
        using var stopping = new CancellationTokenSource();
        using var rig = new StepRig(services => services.AddSingleton<IFlagStore>(provider => new OvertakenStore(new InMemoryFlagStore(TimeProvider.System))));
        ((OvertakenStore)rig.Flags).BeforeChange = async () =>
        {
            await stopping.CancelAsync();
            throw new OperationCanceledException(stopping.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            rig.CallAsync<StepResult>("flag/rollout", StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }), Key, stopping.Token));
    }

    [Theory]
    [InlineData("\"high\"")]
    [InlineData("150")]
    public async Task RollbackTo_ThatIsNoValue_IsErroredBeforeAnythingIsSent(string rollbackTo)
    {
        var request = StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }) with { RollbackTo = JsonDocument.Parse(rollbackTo).RootElement };

        var result = await _rig.StepAsync(request);

        Assert.Equal((StepVerdict.Errored, $"flag/rollout cannot be rolled back to {rollbackTo}: that is no value of its target."), (result.Verdict, result.Message));
        Assert.Null(await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task Undo_OfAKindThatRestoresByItself_IsErrored()
    {
        var request = StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }) with { Undo = new StepCall { Uses = "announce" } };

        Assert.Equal(StepVerdict.Errored, (await _rig.StepAsync(request)).Verdict);
    }

    private Task<StepResult> RolloutAsync(double percent, string key) => _rig.StepAsync("flag/rollout", new { flag = "bar", percent }, key);

    private static RollbackRequest Rollback() =>
        new() { RunId = "run", Epoch = 1, To = RollbackTarget.Start, Stage = "one", Attempt = 1, OpenedStages = ["one"] };

    private static CompensationRequest Compensation(EffectRecord effect) =>
        new() { RunId = "run", EffectId = effect.EffectId, Epoch = 1, Actor = "rollout", Reason = "error-rate failed" };

    private static EffectRecord Intent(double prior, double intended) => new()
    {
        EffectId = Key,
        RunId = "run",
        Sequence = 0,
        Epoch = 0,
        Stage = "one",
        Attempt = 1,
        StepId = "step",
        Uses = "flag/rollout",
        Target = "flag:bar",
        Prior = JsonSerializer.SerializeToElement(prior),
        Intended = JsonSerializer.SerializeToElement(intended),
        State = EffectState.Intended,
    };

    /// <summary>Lets something happen just before the first change is made.</summary>
    private sealed class OvertakenStore(IFlagStore inner) : IFlagStore
    {
        public Func<Task>? BeforeChange { get; set; }

        public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default) => inner.FindAsync(flag, cancellation);

        public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default) => inner.ListAsync(cancellation);

        public async ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default)
        {
            if (BeforeChange is { } before)
            {
                BeforeChange = null;
                await before();
            }

            return await inner.ChangeAsync(change, cancellation);
        }

        public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default) =>
            inner.AuditAsync(flag, limit, before, cancellation);
    }
}
