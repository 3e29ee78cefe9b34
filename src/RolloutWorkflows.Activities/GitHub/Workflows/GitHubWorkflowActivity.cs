using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>github/workflow</c>. The intent is journaled before the workflow is dispatched; what is not known to have
/// been left undone is looked for and never dispatched again, neither by a redelivery nor by another try of the step. Only
/// an undo is, until it succeeds. Each call takes one look; durable timers call again.
/// </summary>
internal sealed partial class GitHubWorkflowActivity(
    IGitHub gitHub, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger<GitHubWorkflowActivity> logger)
    : StepActivity<GitHubWorkflowStep>(time, logger), ISentEffect, ILeasedStep
{
    public bool NeverTookPlace(EffectRecord effect) => WorkflowDispatching.Of(effect) is { Sent: false, Failed.Count: 0 };

    public IReadOnlyList<string> LeasesOf(IReadOnlyDictionary<string, JsonElement> with) =>
        StepBinder.TryBind<GitHubWorkflowStep>(with, out var step, out _) ? [TargetOf(step)] : [];

    protected override async Task<StepResult> ExecuteAsync(StepCall<GitHubWorkflowStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (!GitHubRepository.TryParse(step.Repository, out var repository)) return Errored($"with.repository: expected {GitHubRepository.Expected}, got '{step.Repository}'.");
        if (request.RollbackTo is not null) return Errored("github/workflow takes no rollbackTo: state an undo.");
        if (!gitHub.IsConnected) return Errored("Nothing was dispatched: the host's configuration connects it to no GitHub.");
        if (await gate.RefusalAsync(request, [TargetOf(step)], cancellation) is { } refusal) return Errored(refusal);
        var intent = await journal.IntendAsync(ToRecord(call), cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"{request.Uses} was not dispatched: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {request.Epoch}).");

        var work = new Work(call, repository, intent.Record, WorkflowDispatching.Of(intent.Record));
        try
        {
            if (intent.Outcome == EffectIntentOutcome.Written) return await DispatchAsync(work, cancellation);
            if (work.Known.Sent == false) return await DispatchAgainAsync(work, cancellation);
            return work.Known.RunId is { } run ? await FollowAsync(work, run, cancellation) : await FindAsync(work, "an earlier try was cut off, or had no answer", cancellation);
        }
        catch (GitHubException none)
        {
            return NotTold(work, none);
        }
    }

    /// <summary>One step, and what its line in the journal says.</summary>
    private sealed record Work(StepCall<GitHubWorkflowStep> Call, GitHubRepository Repository, EffectRecord Effect, WorkflowDispatching Known)
    {
        public GitHubWorkflowStep Step => Call.Step;

        public StepRequest Request => Call.Request;

        public bool IsUndo => Request.Undoes is not null;

        public string What => $"{Repository}:{Step.Workflow}";

        public string? Mark => Step.CorrelationInput is null ? null : WorkflowRunSearch.MarkOf($"{Effect.EffectId}/{Known.Failed.Count}");
    }

    private async Task<StepResult> DispatchAgainAsync(Work work, CancellationToken cancellation)
    {
        var again = work.Known with { Sent = null, At = Time.GetUtcNow(), RunId = null };
        await journal.SettleAsync(work.Effect.EffectId, EffectState.Intended, again.ToJson(), cancellation);
        return await DispatchAsync(work with { Known = again }, cancellation);
    }

    private async Task<StepResult> DispatchAsync(Work work, CancellationToken cancellation)
    {
        var inputs = work.Step.Inputs.ToDictionary();
        if (work is { Step.CorrelationInput: { } input, Mark: { } mark }) inputs[input] = mark;
        GitHubDispatch dispatched;
        try
        {
            dispatched = await gitHub.DispatchWorkflowAsync(work.Repository, work.Step.Workflow, work.Step.Ref, inputs, cancellation);
        }
        catch (GitHubException none) when (none.NotDone)
        {
            await SettleAsync(work, work.Known with { Sent = false }, cancellation);
            var why = $"{work.What} was not dispatched: {none.Message}";
            return (none.MayPass ? GitHubPolling.GoOn(work.Request, work.Step.Timeout, why, none.RetryAfter) : null) ?? Errored(why);
        }
        catch (GitHubException none)
        {
            return await FindAsync(work, none.Message, cancellation);
        }

        var sent = work.Known with { Sent = true, RunId = dispatched.RunId, Url = dispatched.Url };
        await SettleAsync(work, sent, cancellation);
        return GoOn(work with { Known = sent }, dispatched.RunId is null ? "was dispatched; its run is looked for" : $"was dispatched: {dispatched.Url ?? $"run {dispatched.RunId}"}");
    }

    /// <summary>Looks for the workflow run of a dispatch whose answer did not name it, or never came.</summary>
    private async Task<StepResult> FindAsync(Work work, string why, CancellationToken cancellation)
    {
        var self = (await gitHub.WhoAmIAsync(cancellation)).User;
        var runs = await gitHub.ListWorkflowRunsAsync(
            work.Repository, work.Step.Workflow, new GitHubWorkflowRunFilter { Event = "workflow_dispatch", CreatedSince = work.Known.At - WorkflowRunSearch.Skew, Limit = 100 }, cancellation);
        var found = WorkflowRunSearch.Candidates(runs, work.Known, work.Step.Ref, self, work.Mark, await OthersAsync(work, cancellation));
        if (found is [var run])
        {
            var known = work.Known with { Sent = true, RunId = run.Id, Url = run.Url };
            await SettleAsync(work, known, cancellation);
            return await FollowAsync(work with { Known = known }, run.Id, cancellation);
        }

        if (found.Count == 0 && Time.GetUtcNow() - work.Known.At < WorkflowRunSearch.Appears) return GoOn(work, "was dispatched; its run is looked for");
        // A way back that is never tried again would never end.
        if (work.IsUndo) return await DispatchAgainAsync(work, cancellation);
        var unknown = work.Known.Sent == true
            ? $"GitHub took the dispatch of {work.What}, but its run cannot be told"
            : $"It is not known whether {work.What} was dispatched: {why}";
        var what = found.Count == 0 ? "no workflow run of it has appeared" : $"it may be any of {string.Join(", ", found.Take(5).Select(candidate => candidate.Url))}";
        return Errored($"{unknown.TrimEnd('.')}; {what}. It is not dispatched again. Look there: ignore this step where it was carried out, or roll back; retry looks again.") with { Effect = work.Effect };
    }

    /// <summary>One look at the workflow run.</summary>
    private async Task<StepResult> FollowAsync(Work work, long runId, CancellationToken cancellation)
    {
        var run = await gitHub.GetWorkflowRunAsync(work.Repository, runId, cancellation);
        var verdict = WorkflowConclusion.VerdictOf(run);
        if (verdict == StepVerdict.Waiting) return GoOn(work with { Known = work.Known with { Url = run.Url } }, $"{WorkflowConclusion.Describe(run, [])}: {run.Url}");

        var jobs = await JobsAsync(work, runId, cancellation);
        (string, object?)[] outputs =
        [
            ("runId", run.Id), ("url", run.Url), ("conclusion", run.Conclusion), ("sha", run.HeadSha),
            ("jobs", jobs.GroupBy(job => job.Name).ToDictionary(group => group.Key, group => group.Last().Conclusion)),
        ];
        var message = $"{work.What} {WorkflowConclusion.Describe(run, jobs)}: {run.Url}.";
        var applied = work.Effect with { State = EffectState.Applied, Intended = work.Known.ToJson() };
        if (verdict == StepVerdict.Passed) return Passed(message, outputs) with { Effect = applied };
        if (work.IsUndo) await SettleAsync(work, work.Known with { Sent = false, RunId = null, Failed = [.. work.Known.Failed, runId] }, cancellation);
        return Failed(message, outputs) with { Effect = applied };
    }

    /// <summary>The step waits on, or is Errored where its time is over. An undo has no end but success.</summary>
    private static StepResult GoOn(Work work, string how, TimeSpan? asked = null)
    {
        var message = $"{work.What} {how}";
        if (work.IsUndo) return new StepResult { Verdict = StepVerdict.Waiting, Message = message, Again = GitHubPolling.Next(TimeSpan.Zero, asked) };
        return GitHubPolling.GoOn(work.Request, work.Step.Timeout, message, asked)
            ?? Errored($"{message}{GitHubPolling.InVain(work.Request, work.Step.Timeout)}. Retry waits for it again.") with { Effect = work.Effect };
    }

    private static StepResult NotTold(Work work, GitHubException none)
    {
        var which = work.Known.Url ?? (work.Known.RunId is { } run ? $"run {run}" : "its run");
        var how = $"goes on unseen ({which}), since GitHub does not tell of it: {none.Message.TrimEnd('.')}";
        return none.MayPass ? GoOn(work, how, none.RetryAfter) : Errored($"{work.What} {how}. Retry looks again.") with { Effect = work.Effect };
    }
}
