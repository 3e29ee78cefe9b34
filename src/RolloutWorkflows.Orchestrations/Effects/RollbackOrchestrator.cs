using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Undoes what a run changed, newest first, each effect compared before and read back after. What is blocked is tried
/// again for ever while the others go on; only older effects on the same target wait for it.
/// </summary>
[DurableTask(OrchestrationNames.Rollback)]
public sealed class RollbackOrchestrator : TaskOrchestrator<RollbackInput, RollbackReport>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Beginning only lists and fences, so it is tried until it works.</summary>
    private static readonly TaskOptions UntilItWorks = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: int.MaxValue, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: LongestWait));

    public override async Task<RollbackReport> RunAsync(TaskOrchestrationContext context, RollbackInput input)
    {
        var recovery = new RecoverySteps(context, input);
        await recovery.QuiesceAsync();
        var stop = context.NextEventAsync<StageControl>(OrchestrationNames.ControlEvent);
        var done = await CompensateAllAsync(context, input, stop);
        if (stop.IsCompleted) return Report(input, done, "the run was aborted", context.CurrentUtcDateTime);
        await recovery.RecoverAsync();
        var standing = input.To.Kind == RollbackTargetKind.Start ? [] : (await ListAsync(context, input, RollbackTarget.Start)).Effects;
        return Report(input, done, blockedBy: null, context.CurrentUtcDateTime) with
        {
            Steps = recovery.Finished,
            Standing = [.. standing.Select(effect => new StandingEffect(effect.Target, effect.Stage))],
        };
    }

    /// <summary>Fences older steps, and lists what is in force as far back as a target goes.</summary>
    private static Task<RollbackWork> ListAsync(TaskOrchestrationContext context, RollbackInput input, RollbackTarget to) =>
        context.CallActivityAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
        {
            RunId = input.Rollout.RunId,
            Epoch = input.Epoch,
            To = to,
            Surface = input.Surface,
            Interrupted = input.Interrupted,
            Stage = input.Stage,
            Attempt = input.Attempt,
            OpenedStages = input.OpenedStages,
        }, UntilItWorks);

    private static async Task<List<CompensationResult>> CompensateAllAsync(TaskOrchestrationContext context, RollbackInput input, Task stop)
    {
        var work = await ListAsync(context, input, input.To);
        var done = new List<CompensationResult>();
        var left = work.Effects.OrderByDescending(effect => effect.Sequence).ToList();
        for (var wait = TimeSpan.FromSeconds(1); left.Count > 0; wait = Longer(wait))
        {
            var blocked = await PassAsync(context, input, left, done, stop);
            if (blocked is null || stop.IsCompleted) break;
            Tell(context, input, Report(input, done, blocked.Message, context.CurrentUtcDateTime));
            using var noLonger = new CancellationTokenSource();
            await Task.WhenAny(context.CreateTimer(wait, noLonger.Token), stop);
            noLonger.Cancel();
        }

        return done;
    }

    /// <summary>Tries everything that is left once; returns what is blocked, or null where all is done.</summary>
    private static async Task<CompensationResult?> PassAsync(
        TaskOrchestrationContext context, RollbackInput input, List<EffectRecord> left, List<CompensationResult> done, Task stop)
    {
        CompensationResult? blocked = null;
        var blockedTargets = new HashSet<string>();
        foreach (var effect in left.ToList())
        {
            if (stop.IsCompleted) break;
            // An older effect of a target that blocked earlier in this pass waits, so that the order stays newest first.
            if (blockedTargets.Contains(effect.Target)) continue;
            var result = await CompensateAsync(context, input, effect);
            if (result.Outcome == CompensationOutcome.Blocked)
            {
                blocked ??= result;
                blockedTargets.Add(effect.Target);
                continue;
            }

            left.Remove(effect);
            done.Add(result);
            Tell(context, input, Report(input, done, blocked?.Message, context.CurrentUtcDateTime) with { Took = null, ObjectiveMet = null });
        }

        return blocked;
    }

    private static async Task<CompensationResult> CompensateAsync(TaskOrchestrationContext context, RollbackInput input, EffectRecord effect)
    {
        try
        {
            return await context.CallActivityAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
            {
                RunId = input.Rollout.RunId,
                EffectId = effect.EffectId,
                Epoch = input.Epoch,
                Surface = input.Surface,
                Actor = input.Actor,
                Reason = input.Cause,
                Playbook = input.Rollout.Playbook.Name,
                Metrics = input.Rollout.Playbook.Metrics,
                Channels = input.Rollout.Playbook.Channels,
                Percent = input.To.Kind == RollbackTargetKind.Percent ? input.To.Percent : null,
            });
        }
        catch (TaskFailedException failure)
        {
            return new CompensationResult
            {
                EffectId = effect.EffectId,
                Target = effect.Target,
                Outcome = CompensationOutcome.Blocked,
                Message = $"{effect.Target} could not be restored: {failure.FailureDetails.ErrorMessage}",
                At = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero),
            };
        }
    }

    private static RollbackReport Report(RollbackInput input, List<CompensationResult> done, string? blockedBy, DateTime now)
    {
        var end = done.Count == 0 ? new DateTimeOffset(now, TimeSpan.Zero) : done.Max(result => result.At);
        var took = end - input.CausedAt;
        var report = new RollbackReport
        {
            To = input.To.ToString(),
            Surface = input.Surface,
            Cause = input.Cause,
            Actor = input.Actor,
            Effects = [.. done],
            Objective = input.Plan.Objective,
            BlockedBy = blockedBy,
            LeftInPlace = done.Count(result => result.Outcome == CompensationOutcome.LeftInPlace),
        };
        return blockedBy is null ? report with { Took = took, ObjectiveMet = input.Plan.Objective is { } objective ? took <= objective : null } : report;
    }

    private static void Tell(TaskOrchestrationContext context, RollbackInput input, RollbackReport report) =>
        context.SendEvent(input.Rollout.RunId, OrchestrationNames.SignalEvent,
            new RunSignal { Kind = RunSignalKind.RollbackProgressed, From = context.InstanceId, Message = report.BlockedBy ?? report.Cause, Rollback = report });

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
