using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Looks at what a rollback of a run would do now. Nothing is told to the run.</summary>
internal sealed class RollbackPreviewer(RunReader reader, IRollbackPreview preview, TimeProvider time)
{
    /// <exception cref="ProblemException">404: no such run.</exception>
    /// <exception cref="ProblemException">400: the run has no such surface.</exception>
    public async Task<RollbackPreviewAnswer> ReadAsync(string runId, CancellationToken cancellation, string? surface = null)
    {
        var instance = await reader.RequireAsync(runId, cancellation);
        var run = RunReader.StatusOf(instance);
        var playbook = instance.ReadInputAs<RolloutInput>()!.Playbook;
        var scope = (surface is null ? run.RollsBack : OfSurface(run, surface)) ?? new RollbackScope
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
                Surface = scope.Surface,
                Stage = scope.Stage,
                Attempt = scope.Attempt,
                OpenedStages = [.. run.Stages.Where(each => each.Attempt > 0).Select(each => each.Name)],
            }, cancellation),
            Now = time.GetUtcNow(),
        };
    }

    private static RollbackScope? OfSurface(RunStatus run, string surface) => run.Surfaces.FirstOrDefault(each => each.Surface == surface) is { } known
        ? known.RollsBack
        : throw Problems.BadRequest($"{run.RunId} has no surface '{surface}'; it has {(run.Surfaces.Count == 0 ? "none" : string.Join(", ", run.Surfaces.Select(each => each.Surface)))}.", "Name one of them, or leave it out.");
}
