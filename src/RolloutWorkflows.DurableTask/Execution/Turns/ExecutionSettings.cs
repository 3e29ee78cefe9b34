using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutWorkflows.DurableTask.Converters;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>What the executor is told by the worker; equal for all executions of a process.</summary>
internal sealed record ExecutionSettings
{
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Version of sub-orchestrations that name none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    public TimeSpan MaximumTimerInterval { get; init; } = TimeSpan.MaxValue;

    public bool CompleteWithOpenTasks { get; init; } = true;

    /// <summary>Further data to record for an exception.</summary>
    public Func<Exception, IDictionary<string, object?>?>? ExceptionProperties { get; init; }
}
