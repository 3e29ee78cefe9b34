using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>A stored message together with its content.</summary>
/// <param name="Message">As the store keeps it.</param>
/// <param name="Content">Its content.</param>
internal sealed record ActorDelivery(StoreMessage Message, HistoryEvent Content)
{
    public static ActorDelivery To(string instanceId, string? executionId, HistoryEvent content, long sequence, bool keep) => new(
        new()
        {
            Sequence = sequence,
            InstanceId = instanceId,
            ExecutionId = executionId,
            Payload = HistorySerializer.Write(content),
            KeepAsDeadLetter = keep,
        },
        content);

    public ActorMessage ToActor() => new ActorMessage.Inbox(Message.Sequence, Message.ExecutionId, Content);
}
