using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary>Runs go on as long as their orchestrations do.</summary>
internal sealed class InstanceRunLives(DurableTaskClient client) : IRunLives
{
    public async ValueTask<RunLife> OfAsync(string runId, CancellationToken cancellation = default) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: false, cancellation) switch
        {
            null => RunLife.Absent,
            { IsCompleted: true } => RunLife.Ended,
            _ => RunLife.Live,
        };
}
