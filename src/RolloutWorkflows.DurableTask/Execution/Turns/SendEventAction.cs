using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Sends an event to another instance.</summary>
internal sealed record SendEventAction(int TaskId, string InstanceId, string Name, string? Payload) : OrchestratorAction(TaskId)
{
    public override string Description => $"event '{Name}' to an instance (#{TaskId})";

    public override HistoryEvent ToEvent() => new EventSent(TaskId, InstanceId, Name);

    public override bool Matches(HistoryEvent recorded) =>
        recorded is EventSent sent && string.Equals(sent.Name, Name, StringComparison.OrdinalIgnoreCase);
}
