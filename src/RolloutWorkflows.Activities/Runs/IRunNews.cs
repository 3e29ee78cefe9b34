using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Hears of every line that has been appended to a run's record, once it is durable. Thread-safe.</summary>
public interface IRunNews
{
    /// <summary>Tells of a line. It never fails: what goes wrong is logged, since the record comes first. Cancelled it throws, so that whoever is delivered again tells it again.</summary>
    ValueTask TellAsync(RunLogEntry line, CancellationToken cancellation = default);
}
