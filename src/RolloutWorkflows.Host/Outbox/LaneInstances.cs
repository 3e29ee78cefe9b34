using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The orchestrations of the outbox's lanes, through the engine's client.</summary>
internal sealed class LaneInstances(DurableTaskClient client) : ILaneInstances
{
    public async ValueTask WakeAsync(OutboxLane lane, CancellationToken cancellation = default)
    {
        var id = OrchestrationNames.OutboxInstance(lane.RunId, lane.Name, lane.Opening);
        if (await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellation) is { IsCompleted: false }) await TellAsync(id);
        else await StartAsync(id, lane);
    }

    private async Task StartAsync(string id, OutboxLane lane)
    {
        try
        {
            var input = new OutboxLaneInput { RunId = lane.RunId, Lane = lane.Name, Opening = lane.Opening };
            await client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Outbox, input, new StartOrchestrationOptions(id), CancellationToken.None);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Another line woke it at the same moment; it may have looked before this one was there.
            await TellAsync(id);
        }
    }

    private async Task TellAsync(string id)
    {
        try
        {
            await client.RaiseEventAsync(id, OrchestrationNames.NewsEvent, cancellation: CancellationToken.None);
        }
        catch (EventNotDeliverableException)
        {
            // It finishes only where the outbox has no news, so this one was seen.
        }
    }
}
