using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Runs as their orchestrations show them.</summary>
internal sealed class RunViews(DurableTaskClient client, RunReader reader) : IRunViews
{
    public async ValueTask<RunView?> OfAsync(string runId, CancellationToken cancellation = default)
    {
        if (await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellation) is not { SerializedInput: { } input } instance || instance.Name != OrchestrationNames.Rollout) return null;
        var status = RunReader.StatusOf(instance);
        // The record closes a moment before the orchestration does.
        var isOver = instance.IsCompleted || (RunTransitions.IsFinal(status.State) && status.EndedAt is not null);
        return new RunView(StorageJson.Read<RolloutInput>(input), status, isOver, isOver ? null : await reader.SoakAsync(status, cancellation));
    }
}
