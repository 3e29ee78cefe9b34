using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Scenarios;

/// <summary>What the server gives the outbox, over the client of the test's engine.</summary>
internal sealed class ClientLanes(DurableTaskClient client) : ILaneInstances, IRunViews
{
    public async ValueTask WakeAsync(OutboxLane lane, CancellationToken cancellation = default)
    {
        var id = OrchestrationNames.OutboxInstance(lane.RunId, lane.Name, lane.Opening);
        if (await client.GetInstanceAsync(id, cancellation) is { IsCompleted: false })
        {
            await client.RaiseEventAsync(id, OrchestrationNames.NewsEvent, cancellation);
            return;
        }

        var input = new OutboxLaneInput { RunId = lane.RunId, Lane = lane.Name, Opening = lane.Opening };
        await client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Outbox, input, new StartOrchestrationOptions(id), cancellation);
    }

    public async ValueTask<RunView?> OfAsync(string runId, CancellationToken cancellation = default)
    {
        if (await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellation) is not { } instance) return null;
        var status = instance.ReadCustomStatusAs<RunStatus>()!;
        return new RunView(instance.ReadInputAs<RolloutInput>()!, status, instance.IsCompleted || (RunTransitions.IsFinal(status.State) && status.EndedAt is not null));
    }
}
