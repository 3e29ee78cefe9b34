using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.CommandRunner;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>snapshot/restore</c>. The intent with the snapshot that is meant is journaled before the target is asked; the
/// target's digest is what counts, so a step that is delivered again reads it first. Durable timers call again while it works.
/// </summary>
internal sealed class SnapshotRestoreActivity(
    SnapshotCatalog catalog, SnapshotTargets targets, AllowedCommands commands, SupervisedCommands supervised, IEffectJournal journal, EffectGate gate,
    TimeProvider time, ILogger<SnapshotRestoreActivity> logger)
    : StepActivity<SnapshotRestoreStep>(time, logger), ISentEffect, IRunningEffect, ILeasedStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(2);

    public bool NeverTookPlace(EffectRecord effect) => SnapshotRestoring.Of(effect) is { Sent: false, Number: 1 };

    public void Stop(EffectRecord effect) => supervised.Stop(SnapshotRestoring.Of(effect).KeyOf(effect));

    public IReadOnlyList<string> LeasesOf(IReadOnlyDictionary<string, JsonElement> with) =>
        StepBinder.TryBind<SnapshotRestoreStep>(with, out var step, out _) ? [TargetOf(step)] : [];

    protected override async Task<StepResult> ExecuteAsync(StepCall<SnapshotRestoreStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (request.RollbackTo is not null) return Errored("snapshot/restore takes no rollbackTo: state an undo.");
        if (await gate.RefusalAsync(request, [TargetOf(step)], cancellation) is { } refused) return Errored(refused);
        try
        {
            var target = catalog.TargetOf(step.Target);
            if (target is { RestoreAt: null, RestoreBy: null }) return Errored($"{step.Target} cannot be restored: say how as extensions.rollout.snapshots.{step.Target}.restore in host.json.");
            if (step.Verify && target.State is null) return Errored($"{step.Target} does not tell its state, so that nothing could be compared: name the address as extensions.rollout.snapshots.{step.Target}.state in host.json, or state verify: false.");
            // Asked before anything is journaled: a snapshot that does not count leaves nothing behind.
            var wanted = await catalog.FindAsync(step.Target, step.Snapshot, cancellation);
            var intent = await journal.IntendAsync(ToRecord(call, wanted), cancellation);
            if (intent.Outcome == EffectIntentOutcome.Refused)
                return Errored($"{request.Uses} was not begun: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {request.Epoch}).");
            var known = SnapshotRestoring.Of(intent.Record);
            // What last-signed stands for may have changed since the step began.
            var manifest = known.Snapshot == wanted.Name ? wanted : await catalog.FindAsync(step.Target, known.Snapshot, cancellation);
            var work = new Work(call, target, manifest, intent.Record, known);
            return known.Sent ? await GoOnAsync(work, cancellation) : await SendAsync(work, cancellation);
        }
        catch (Exception problem) when (problem is SnapshotException or CommandException or PlaybookFileException)
        {
            return Errored($"{step.Target} was not restored: {problem.Message}.");
        }
    }

    /// <summary>One step, and what its line in the journal says.</summary>
    private sealed record Work(StepCall<SnapshotRestoreStep> Call, SnapshotTarget Target, SnapshotManifest Manifest, EffectRecord Effect, SnapshotRestoring Known)
    {
        public SnapshotRestoreStep Step => Call.Step;

        public string Key => Known.KeyOf(Effect);
    }

    private async Task<StepResult> SendAsync(Work work, CancellationToken cancellation)
    {
        var sent = work.Known with { Sent = true };
        await journal.SettleAsync(work.Effect.EffectId, EffectState.Applied, sent.ToJson(), cancellation);
        work = work with { Known = sent };
        if (work.Target.RestoreBy is { } command)
        {
            var prepared = await commands.PrepareForHostAsync(command, [work.Step.Target, work.Manifest.Name, work.Manifest.Root, catalog.FolderOf(work.Step.Target, work.Manifest)], cancellation);
            return await FollowAsync(work, await supervised.StartAsync(work.Key, prepared, Patience, cancellation), cancellation);
        }

        return await AskAsync(work, cancellation);
    }

    private async Task<StepResult> AskAsync(Work work, CancellationToken cancellation)
    {
        try
        {
            if (await targets.RestoreAsync(work.Target.RestoreAt!, work.Step.Target, work.Manifest, work.Key, cancellation) is { } refused)
            {
                await journal.SettleAsync(work.Effect.EffectId, EffectState.Intended, (work.Known with { Sent = false }).ToJson(), cancellation);
                return Failed($"{work.Step.Target} refused to restore {work.Manifest.Name}: it answered {refused}.");
            }
        }
        catch (OutboundException none) when (work.Step.Verify)
        {
            // Its digest will tell.
            return await CompareAsync(work, $"the request had no answer: {none.Message}", cancellation);
        }
        catch (OutboundException none)
        {
            return Errored($"It is not known whether {work.Step.Target} restores {work.Manifest.Name}: {none.Message}. Retry asks again.") with { Effect = Applied(work) };
        }

        return await CompareAsync(work, "it was asked to", cancellation);
    }

    private async Task<StepResult> GoOnAsync(Work work, CancellationToken cancellation)
    {
        var standing = work.Target.RestoreBy is null ? null : await supervised.LookAsync(work.Key, Patience, cancellation);
        var isNewTry = work.Call.Request.Kept is null && work.Call.Key != work.Known.Call && standing is not { IsRunning: true };
        if (!isNewTry) return standing is null ? await CompareAsync(work, "it was asked to", cancellation) : await FollowAsync(work, standing, cancellation);
        if (work.Step.Verify && (await CompareAsync(work, "", cancellation)) is { Verdict: StepVerdict.Passed } done) return done;
        // Restoring the same snapshot again leads to the same state, so that whoever tries anew may ask anew.
        return await SendAsync(work with { Known = work.Known with { Sent = false, Number = work.Known.Number + 1, Call = work.Call.Key, BeganAt = Time.GetUtcNow() } }, cancellation);
    }

    private async Task<StepResult> FollowAsync(Work work, CommandStanding standing, CancellationToken cancellation) => standing switch
    {
        { IsRunning: true } => Wait(work, $"{work.Step.Target} is being restored to {work.Manifest.Name} by {work.Target.RestoreBy}"),
        { Result: null } => await CompareAsync(work, $"{work.Target.RestoreBy} is gone without having said how it ended", cancellation),
        { Result: { End: CommandEnd.Exited, ExitCode: 0 } } => await CompareAsync(work, $"{work.Target.RestoreBy} ended with 0", cancellation),
        { Result.ExitCode: { } code } => Failed($"{work.Step.Target} was not restored to {work.Manifest.Name}: {work.Target.RestoreBy} ended with {code}.") with { Effect = Applied(work) },
        _ => Errored($"{work.Step.Target} was not restored to {work.Manifest.Name}: {work.Target.RestoreBy} {(standing.Result.End == CommandEnd.NotStarted ? $"could not be started: {standing.Result.Problem}" : "was ended before it was done")}.") with { Effect = Applied(work) },
    };

    /// <summary>Holds the target's digest against the snapshot's.</summary>
    private async Task<StepResult> CompareAsync(Work work, string how, CancellationToken cancellation)
    {
        var (target, name) = (work.Step.Target, work.Manifest.Name);
        (string, object?)[] outputs = [("snapshot", name), ("digest", work.Manifest.Root)];
        if (!work.Step.Verify) return Passed($"{target} restores {name}: {how}.", outputs) with { Effect = Applied(work) };
        string found;
        try
        {
            var state = await targets.ReadAsync(work.Target.State!, cancellation);
            if (state.Root == work.Manifest.Root) return Passed($"{target} is restored to {name}: its root digest is {work.Manifest.Root[..19]}….", outputs) with { Effect = Applied(work) };
            found = state.Files is { } told ? SnapshotDifference.Between(work.Manifest.Files, told).ToString() : "its root digest is another one";
        }
        catch (OutboundException none)
        {
            return IsOver(work) ? Errored($"It is not known whether {target} is restored to {name}: {how}, and it does not tell its state: {none.Message}. Retry looks again.") with { Effect = Applied(work) }
                : Wait(work, $"{target} is to be restored to {name}; it does not tell its state yet: {none.Message}");
        }

        return IsOver(work) ? Failed($"{target} was not restored to {name} within {PlaybookDuration.Format(work.Step.Timeout)}, although {how}; {found}.", outputs) with { Effect = Applied(work) }
            : Wait(work, $"{target} is being restored to {name}; {found}");
    }

    private bool IsOver(Work work) => work.Call.Request.StartedAt is null || Waited(work) >= work.Step.Timeout;

    private TimeSpan Waited(Work work) => Time.GetUtcNow() - work.Known.BeganAt;

    /// <summary>Looks again ever less often: what took long will take longer.</summary>
    private StepResult Wait(Work work, string message)
    {
        var next = Waited(work) / 5;
        next = next < Soonest ? Soonest : next > Latest ? Latest : next;
        return new() { Verdict = StepVerdict.Waiting, Message = message, Again = next, Keep = work.Known.ToJson(), Effect = Applied(work) };
    }

    private static EffectRecord Applied(Work work) => work.Effect with { State = EffectState.Applied, Intended = work.Known.ToJson() };

    private EffectRecord ToRecord(StepCall<SnapshotRestoreStep> call, SnapshotManifest manifest)
    {
        var request = call.Request;
        return new EffectRecord
        {
            EffectId = request.Undoes is { } undone ? $"{undone}/undo" : $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}",
            RunId = request.RunId,
            Sequence = 0,
            Epoch = request.Epoch,
            Stage = request.Stage,
            Attempt = request.Attempt,
            StepId = request.StepId,
            Uses = request.Uses,
            Target = TargetOf(call.Step),
            Prior = JsonSerializer.SerializeToElement<object?>(null),
            Intended = new SnapshotRestoring(manifest.Name, manifest.Root, Sent: false, 1, call.Key, Time.GetUtcNow()).ToJson(),
            State = EffectState.Intended,
            Surface = request.Surface,
            Undo = request.Undo,
            Undoes = request.Undoes,
            Irreversible = request.Irreversible,
            IntendedAt = Time.GetUtcNow(),
        };
    }

    private static string TargetOf(SnapshotRestoreStep step) => $"snapshot:{step.Target}";
}
