using System.Globalization;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The record of all runs in memory, for tests and simulations.</summary>
public sealed class InMemoryRunLog : IRunLog
{
    private readonly Lock _lock = new();
    private readonly List<RunLogEntry> _entries = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly CommandAnswers _answers = new();

    public ValueTask AppendAsync(RunLogEntry entry, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (!_ids.Add(entry.EntryId)) return ValueTask.CompletedTask;
            _entries.Add(entry);
        }

        _answers.Announce(entry);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RunLogPage> ReadAsync(string runId, long after = 0, int limit = 1000, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var found = _entries.Index().Skip((int)after).Where(line => line.Item.RunId == runId).Take(limit).ToList();
            return new(new RunLogPage { Entries = [.. found.Select(line => line.Item)], Position = found.Count == 0 ? after : found[^1].Index + 1 });
        }
    }

    public Task<RunLogEntry> WaitForAnswerAsync(string commandId, CancellationToken cancellation = default) =>
        _answers.WaitAsync(commandId, FindAnswerAsync, cancellation);

    public ValueTask<RunListingPage> ListAsync(int limit = 50, string? continuation = null, CancellationToken cancellation = default)
    {
        var before = continuation is null ? int.MaxValue
            : int.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new ArgumentException($"'{continuation}' is not a continuation of this log.", nameof(continuation));
        lock (_lock)
        {
            var runs = _entries.Index().GroupBy(line => line.Item.RunId)
                .Select(lines => (First: lines.First(), Last: lines.Last().Item))
                .Where(run => run.First.Index < before)
                .OrderByDescending(run => run.First.Index)
                .Take(limit + 1)
                .ToList();
            var shown = runs.Take(limit).ToList();
            return new(new RunListingPage
            {
                Runs = [.. shown.Select(run => new RunListing { RunId = run.Last.RunId, First = run.First.Item, Last = run.Last })],
                Continuation = runs.Count > limit ? shown[^1].First.Index.ToString(CultureInfo.InvariantCulture) : null,
            });
        }
    }

    private ValueTask<RunLogEntry?> FindAnswerAsync(string commandId, CancellationToken cancellation)
    {
        lock (_lock) return new(_entries.FirstOrDefault(entry => entry.CommandId == commandId));
    }
}
