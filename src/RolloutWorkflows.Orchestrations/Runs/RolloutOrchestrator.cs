namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Carries a rollout from its first stage to its end, and back where it must. The only arbiter of its run: commands of
/// people and signals of its stages, soaks and rollbacks all come here and are answered at once in every state.
/// </summary>
[DurableTask(OrchestrationNames.Rollout)]
public sealed class RolloutOrchestrator : TaskOrchestrator<RolloutInput, RolloutResult>
{
    public override async Task<RolloutResult> RunAsync(TaskOrchestrationContext context, RolloutInput input)
    {
        var run = new RolloutRun(context, input);
        if (input.Reopened is null)
        {
            run.Open();
            await run.TakeOverAsync();
        }
        else if (!await run.GoBackAfterAllAsync(input.Reopened)) return run.StayEnded(input.Reopened.Memory);

        while (!run.IsAborting)
        {
            if (run.WaitsForSurfaces) await run.AwaitSurfacesAsync();
            else if (run.NextStage() is { } stage)
            {
                await run.HaveOwnerConfirmAsync(stage);
                await run.CarryOutAsync(stage);
            }
            else if (await run.WatchToTheEndAsync()) break;

            if (run.MustRollBack)
            {
                await run.RollBackAsync();
                await run.AwaitRetryAsync();
            }
        }

        return await run.EndAsync();
    }
}
