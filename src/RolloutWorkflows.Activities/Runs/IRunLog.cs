using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The record of all runs: appended, never changed. Thread-safe.</summary>
public interface IRunLog
{
    /// <summary>Appends a line, durable before the call returns. One whose <see cref="RunLogEntry.EntryId"/> stands already is left out: delivering it twice is fine.</summary>
    ValueTask AppendAsync(RunLogEntry entry, CancellationToken cancellation = default);

    /// <summary>Lines of a run after a position, in the order in which they were appended.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="after">0 for the beginning, or the <see cref="RunLogPage.Position"/> of an earlier page.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<RunLogPage> ReadAsync(string runId, long after = 0, int limit = 1000, CancellationToken cancellation = default);

    /// <summary>
    /// The first line that carries this <see cref="RunLogEntry.CommandId"/>, at once or as soon as it is appended, by
    /// whomever within this process; nothing is polled. Waits until cancelled.
    /// </summary>
    Task<RunLogEntry> WaitForAnswerAsync(string commandId, CancellationToken cancellation = default);

    /// <summary>Runs by their first line, newest first. A continuation that was not given out by this log is an <see cref="ArgumentException"/>.</summary>
    ValueTask<RunListingPage> ListAsync(int limit = 50, string? continuation = null, CancellationToken cancellation = default);
}
