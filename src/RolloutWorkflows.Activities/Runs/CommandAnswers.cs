using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Wakes whoever waits for a command's answer when the line is appended. Every run log uses it, whatever it stores its
/// lines in: register first, look second, so that no line can slip between. Thread-safe.
/// </summary>
public sealed class CommandAnswers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<TaskCompletionSource<RunLogEntry>>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Tells that a line was appended and is durable.</summary>
    public void Announce(RunLogEntry entry)
    {
        if (entry.CommandId is not { } commandId) return;
        List<TaskCompletionSource<RunLogEntry>>? waiting;
        lock (_lock) _waiting.Remove(commandId, out waiting);
        foreach (var source in waiting ?? []) source.TrySetResult(entry);
    }

    /// <summary>The command's answer, from <paramref name="find"/> or as soon as it is announced.</summary>
    public async Task<RunLogEntry> WaitAsync(string commandId, Func<string, CancellationToken, ValueTask<RunLogEntry?>> find, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<RunLogEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_waiting.TryGetValue(commandId, out var sources)) _waiting.Add(commandId, sources = []);
            sources.Add(source);
        }

        try
        {
            return await find(commandId, cancellation) ?? await source.Task.WaitAsync(cancellation);
        }
        finally
        {
            Forget(commandId, source);
        }
    }

    private void Forget(string commandId, TaskCompletionSource<RunLogEntry> source)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(commandId, out var sources)) return;
            sources.Remove(source);
            if (sources.Count == 0) _waiting.Remove(commandId);
        }
    }
}
