using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A kind that does something once, by a program or a target of its own: <c>shell/run</c>, <c>snapshot/restore</c>.</summary>
internal abstract class OnceKind : IAsyncDisposable
{
    public required bool IsIrreversible { get; init; }

    public IEffectJournal Journal => Rig.Journal;

    /// <summary>What was done, in order.</summary>
    public abstract IReadOnlyList<string> Done { get; }

    protected abstract StepRig Rig { get; }

    protected abstract string Uses { get; }

    protected abstract object Doing { get; }

    protected abstract object Undoing { get; }

    /// <summary>From now on nothing can be begun.</summary>
    public abstract void Refuse();

    /// <summary>Whether the way back fails.</summary>
    public abstract void FailUndo(bool fails);

    /// <summary>The line as it stands between the intent and the sending.</summary>
    public abstract ValueTask ForgetSendingAsync(EffectRecord effect);

    public Task<StepResult> SendAsync(string stepId = "step") => Rig.StepAsync(StepRig.Request(Uses, Doing) with
    {
        StepId = stepId,
        StartedAt = DateTimeOffset.UnixEpoch,
        At = DateTimeOffset.UnixEpoch,
        Irreversible = IsIrreversible,
        Undo = IsIrreversible ? null : new StepCall { Uses = Uses, With = StepRig.Request("", Undoing).With },
    }, $"call of {stepId}");

    public async Task<IEnumerable<string>> OrderAsync() => (await Rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = 1,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    })).Effects.Select(effect => effect.StepId);

    public async Task<CompensationResult> UndoAsync()
    {
        await Journal.RaiseEpochAsync("run", 1, surface: null);
        return await Rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
        {
            RunId = "run",
            EffectId = Assert.Single(await Journal.ListAsync("run"), effect => effect.Undoes is null).EffectId,
            Epoch = 1,
            Actor = "rollout",
            Reason = "error-rate failed",
        });
    }

    public abstract ValueTask DisposeAsync();
}
