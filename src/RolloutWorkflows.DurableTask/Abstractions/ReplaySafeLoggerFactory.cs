using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask;

/// <summary>Makes replay-safe loggers for one orchestration.</summary>
internal sealed class ReplaySafeLoggerFactory(TaskOrchestrationContext context) : ILoggerFactory
{
    public TaskOrchestrationContext Context => context;

    public ILogger CreateLogger(string categoryName) => context.CreateReplaySafeLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A replay-safe logger factory takes no providers. Add them to the host's logging.");

    public void Dispose()
    {
        // The factory underneath belongs to the host.
    }
}
