using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>A run's record that tells the trace when a stage opens, since faults begin with stages.</summary>
internal sealed class StageWatchingRunLog(IRunLog log, FaultyTrace trace) : IRunLog
{
    public ValueTask AppendAsync(RunLogEntry entry, CancellationToken cancellation = default)
    {
        if (entry is { Kind: RunLogKind.StageOpened, Stage: { } stage }) trace.StageOpened(stage, entry.PlaybookTime);
        return log.AppendAsync(entry, cancellation);
    }

    public ValueTask<RunLogPage> ReadAsync(string runId, long after = 0, int limit = 1000, CancellationToken cancellation = default) => log.ReadAsync(runId, after, limit, cancellation);

    public Task<RunLogEntry> WaitForAnswerAsync(string commandId, CancellationToken cancellation = default) => log.WaitForAnswerAsync(commandId, cancellation);

    public ValueTask<RunListingPage> ListAsync(int limit = 50, string? continuation = null, CancellationToken cancellation = default) => log.ListAsync(limit, continuation, cancellation);
}
