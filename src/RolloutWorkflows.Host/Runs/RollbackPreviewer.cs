using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Looks at what a rollback of a run would do now. Nothing is told to the run.</summary>
internal sealed class RollbackPreviewer(RunReader reader, IRollbackPreview preview, TimeProvider time)
{
    /// <exception cref="ProblemException">404: no such run.</exception>
    public async Task<RollbackPreviewAnswer> ReadAsync(string runId, CancellationToken cancellation)
    {
        var instance = await reader.RequireAsync(runId, cancellation);
        var run = RunReader.StatusOf(instance);
        var playbook = instance.ReadInputAs<RolloutInput>()!.Playbook;
        var scope = run.RollsBack ?? new RollbackScope
        {
            Stage = playbook.Stages[0].Name,
            Attempt = 1,
            To = playbook.RollbackOf(playbook.Stages[0]).To ?? Playbooks.RollbackTarget.StageStart,
        };
        return new RollbackPreviewAnswer
        {
            RunId = runId,
            State = run.State,
            To = scope.To.ToString(),
            Stage = scope.Stage,
            Objective = playbook.FindStage(scope.Stage) is { } stage ? playbook.RollbackOf(stage).Objective : null,
            Effects = await preview.ReadAsync(new RollbackRequest
            {
                RunId = runId,
                // Higher than any, since it is compared and never raised.
                Epoch = int.MaxValue,
                To = scope.To,
                Stage = scope.Stage,
                Attempt = scope.Attempt,
                OpenedStages = [.. run.Stages.Where(each => each.Attempt > 0).Select(each => each.Name)],
            }, cancellation),
            Now = time.GetUtcNow(),
        };
    }
}
