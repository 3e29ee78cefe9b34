using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Calls an activity.</summary>
internal sealed record ScheduleActivity(int TaskId, string Name, string Version, string? Input, string? TagsJson) : OrchestratorAction(TaskId)
{
    public override string Description => $"activity '{Name}' (#{TaskId})";

    public override HistoryEvent ToEvent() => new TaskScheduled(TaskId, Name);

    public override bool Matches(HistoryEvent recorded) =>
        recorded is TaskScheduled task && string.Equals(task.Name, Name, StringComparison.OrdinalIgnoreCase);
}
