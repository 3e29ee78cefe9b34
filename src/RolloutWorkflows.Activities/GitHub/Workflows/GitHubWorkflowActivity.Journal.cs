using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is kept of a dispatch, and looked up beside it.</summary>
internal sealed partial class GitHubWorkflowActivity
{
    /// <summary>Workflow runs that other steps of this run are known to have started.</summary>
    private async Task<IReadOnlyCollection<long>> OthersAsync(Work work, CancellationToken cancellation) =>
    [
        .. (await journal.ListAsync(work.Effect.RunId, cancellation))
            .Where(effect => effect.Uses == work.Effect.Uses && effect.EffectId != work.Effect.EffectId)
            .SelectMany(effect => WorkflowDispatching.Of(effect) is var other && other.RunId is { } run ? [.. other.Failed, run] : other.Failed),
    ];

    /// <summary>The jobs are for people: where they cannot be had the conclusion counts without them.</summary>
    private async Task<IReadOnlyList<GitHubJob>> JobsAsync(Work work, long runId, CancellationToken cancellation)
    {
        try
        {
            return await gitHub.ListJobsAsync(work.Repository, runId, cancellation);
        }
        catch (GitHubException)
        {
            return [];
        }
    }

    private ValueTask SettleAsync(Work work, WorkflowDispatching known, CancellationToken cancellation) =>
        journal.SettleAsync(work.Effect.EffectId, known.Sent == true ? EffectState.Applied : EffectState.Intended, known.ToJson(), cancellation);

    private EffectRecord ToRecord(StepCall<GitHubWorkflowStep> call)
    {
        var request = call.Request;
        return new EffectRecord
        {
            // Not the call's own key: each look, and another try of the step, is about the same dispatch.
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
            Intended = new WorkflowDispatching(Sent: null, Time.GetUtcNow()).ToJson(),
            State = EffectState.Intended,
            Surface = request.Surface,
            Undo = request.Undo,
            Undoes = request.Undoes,
            Irreversible = request.Irreversible,
            IntendedAt = Time.GetUtcNow(),
        };
    }

    private static string TargetOf(GitHubWorkflowStep step) => $"workflow:{step.Repository.ToLowerInvariant()}:{step.Workflow}";
}
