using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Sets a timer.</summary>
internal sealed record CreateTimer(int TaskId, DateTime DueAt) : OrchestratorAction(TaskId)
{
    public override string Description => $"timer (#{TaskId})";

    public override HistoryEvent ToEvent() => new TimerCreated(TaskId, DueAt);

    public override bool Matches(HistoryEvent recorded) => recorded is TimerCreated;
}
