using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Log lines of the engine. Event ids are stable.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Information, "Durable task engine opened its store: boot {Epoch}, last stop {LastStop}; {Runnable} instances have something to do at once, all others wait for their timers and events")]
    public static partial void Opened(this ILogger logger, long epoch, string lastStop, int runnable);

    [LoggerMessage(101, LogLevel.Information, "Durable task engine stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(102, LogLevel.Warning, "Durable task engine stopped with {Count} activities still running; they run again after the next start")]
    public static partial void StoppedWithActivities(this ILogger logger, int count);

    [LoggerMessage(110, LogLevel.Debug, "{InstanceId}: orchestration '{Name}' started")]
    public static partial void OrchestrationStarted(this ILogger logger, string instanceId, string name);

    [LoggerMessage(111, LogLevel.Debug, "{InstanceId}: orchestration '{Name}' ended as {Status}")]
    public static partial void OrchestrationEnded(this ILogger logger, string instanceId, string name, Client.OrchestrationRuntimeStatus status);

    [LoggerMessage(112, LogLevel.Debug, "{InstanceId}: orchestration '{Name}' failed: {Failure}")]
    public static partial void OrchestrationFailed(this ILogger logger, string instanceId, string name, string failure);

    [LoggerMessage(113, LogLevel.Error, "{InstanceId}: orchestration '{Name}' is parked: {Reason}")]
    public static partial void Parked(this ILogger logger, string instanceId, string name, string reason);

    [LoggerMessage(114, LogLevel.Warning, "{InstanceId}: turn failed (attempt {Attempt} of {Attempts}), trying again in {Delay}")]
    public static partial void TurnFailed(this ILogger logger, Exception error, string instanceId, int attempt, int attempts, TimeSpan delay);

    [LoggerMessage(115, LogLevel.Warning, "{InstanceId}: a message to it was not delivered: the instance does not exist or has ended")]
    public static partial void Undelivered(this ILogger logger, string instanceId);

    [LoggerMessage(116, LogLevel.Debug, "{InstanceId}: CreateTimer {TaskId} due at {DueAt:o}")]
    public static partial void TimerCreated(this ILogger logger, string instanceId, int taskId, DateTime dueAt);

    [LoggerMessage(117, LogLevel.Warning, "{InstanceId}: its history has {Events} events; replays get slower and memory grows. Let the orchestrator continue as new")]
    public static partial void LongHistory(this ILogger logger, string instanceId, int events);

    [LoggerMessage(118, LogLevel.Error, "{InstanceId}: the store cannot take its turn; it stays as it is and is tried again in {Delay}")]
    public static partial void StoreUnavailable(this ILogger logger, Exception error, string instanceId, TimeSpan delay);

    [LoggerMessage(120, LogLevel.Debug, "{InstanceId}: activity '{Name}' (#{TaskId}) started with {InputLength} characters of input")]
    public static partial void ActivityStarted(this ILogger logger, string instanceId, string name, int taskId, int inputLength);

    [LoggerMessage(121, LogLevel.Debug, "{InstanceId}: activity '{Name}' (#{TaskId}) completed with {OutputLength} characters of output")]
    public static partial void ActivityCompleted(this ILogger logger, string instanceId, string name, int taskId, int outputLength);

    [LoggerMessage(122, LogLevel.Debug, "{InstanceId}: activity '{Name}' (#{TaskId}) failed")]
    public static partial void ActivityFailed(this ILogger logger, Exception? error, string instanceId, string name, int taskId);

    [LoggerMessage(123, LogLevel.Warning, "{InstanceId}: activity '{Name}' (#{TaskId}) runs again, but the store could not count it")]
    public static partial void RedeliveryNotCounted(this ILogger logger, Exception error, string instanceId, string name, int taskId);

    [LoggerMessage(124, LogLevel.Warning, "{InstanceId}: the result of an activity that ended during the stop was not stored; it runs again after the next start")]
    public static partial void LateResultNotStored(this ILogger logger, Exception error, string instanceId);

    [LoggerMessage(130, LogLevel.Error, "Loading due timers failed; trying again in {Delay}")]
    public static partial void TimerLoadFailed(this ILogger logger, Exception error, TimeSpan delay);
}
