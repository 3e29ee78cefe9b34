using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Calls a sub-orchestration.</summary>
internal sealed record StartChild(int TaskId, string Name, string Version, string InstanceId, string? Input, string? TagsJson)
    : OrchestratorAction(TaskId)
{
    public override string Description => $"sub-orchestration '{Name}' (#{TaskId})";

    public override HistoryEvent ToEvent() => new SubOrchestrationCreated(TaskId, Name, InstanceId);

    public override bool Matches(HistoryEvent recorded) =>
        recorded is SubOrchestrationCreated sub && string.Equals(sub.Name, Name, StringComparison.OrdinalIgnoreCase);
}
