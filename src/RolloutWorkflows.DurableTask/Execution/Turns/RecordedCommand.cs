using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Recorded events that stand for something the orchestrator asked for.</summary>
internal static class RecordedCommand
{
    /// <summary>Number of the action that an event records, or <see langword="null"/> if it records none.</summary>
    public static int? TaskIdOf(HistoryEvent recorded) => recorded switch
    {
        TaskScheduled task => task.TaskId,
        TimerCreated timer => timer.TaskId,
        SubOrchestrationCreated sub => sub.TaskId,
        EventSent sent => sent.TaskId,
        _ => null,
    };

    /// <summary>A recorded command in words.</summary>
    public static string Describe(HistoryEvent recorded) => recorded switch
    {
        TaskScheduled task => $"activity '{task.Name}' (#{task.TaskId})",
        TimerCreated timer => $"timer (#{timer.TaskId})",
        SubOrchestrationCreated sub => $"sub-orchestration '{sub.Name}' (#{sub.TaskId})",
        EventSent sent => $"event '{sent.Name}' to an instance (#{sent.TaskId})",
        _ => recorded.GetType().Name,
    };
}
