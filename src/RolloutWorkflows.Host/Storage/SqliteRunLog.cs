using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The record of all runs in SQLite.</summary>
internal sealed class SqliteRunLog(RolloutDatabase database) : IRunLog
{
    private readonly CommandAnswers answers = new();

    public async ValueTask AppendAsync(RunLogEntry entry, CancellationToken cancellation = default)
    {
        if (await database.WriteAsync(connection => Append(connection, entry))) answers.Announce(entry);
    }

    public ValueTask<RunLogPage> ReadAsync(string runId, long after = 0, int limit = 1000, CancellationToken cancellation = default)
    {
        var found = database.Read(connection => connection.Query(
            "SELECT position, entry FROM run_log WHERE run = ? AND position > ? ORDER BY position LIMIT ?",
            row => (Position: row.GetInt64(0), Entry: StorageJson.Read<RunLogEntry>(row.GetString(1))), runId, after, limit));
        return new(new RunLogPage { Entries = [.. found.Select(line => line.Entry)], Position = found.Count == 0 ? after : found[^1].Position });
    }

    public Task<RunLogEntry> WaitForAnswerAsync(string commandId, CancellationToken cancellation = default) =>
        answers.WaitAsync(commandId, FindAnswerAsync, cancellation);

    public ValueTask<RunListingPage> ListAsync(int limit = 50, string? continuation = null, CancellationToken cancellation = default)
    {
        var before = continuation is null ? long.MaxValue
            : long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new ArgumentException($"'{continuation}' is not a continuation of this log.", nameof(continuation));
        var found = database.Read(connection => connection.Query(
            """
            SELECT runs.first, runs.run, a.entry, z.entry FROM runs
            JOIN run_log a ON a.position = runs.first JOIN run_log z ON z.position = runs.last
            WHERE runs.first < ? ORDER BY runs.first DESC LIMIT ?
            """,
            row => (First: row.GetInt64(0), Listing: new RunListing
            {
                RunId = row.GetString(1),
                First = StorageJson.Read<RunLogEntry>(row.GetString(2)),
                Last = StorageJson.Read<RunLogEntry>(row.GetString(3)),
            }),
            before, limit + 1L));
        return new(new RunListingPage
        {
            Runs = [.. found.Take(limit).Select(run => run.Listing)],
            Continuation = found.Count > limit ? found[limit - 1].First.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static bool Append(SqliteDatabase connection, RunLogEntry entry)
    {
        if (connection.Execute(
            "INSERT INTO run_log (entry_id, run, command_id, entry) VALUES (?, ?, ?, ?) ON CONFLICT (entry_id) DO NOTHING",
            entry.EntryId, entry.RunId, entry.CommandId, StorageJson.Write(entry)) == 0) return false;
        var position = connection.LastInsertRowId;
        connection.Execute("INSERT INTO runs (first, last, run) VALUES (?1, ?1, ?2) ON CONFLICT (run) DO UPDATE SET last = excluded.last", position, entry.RunId);
        return true;
    }

    private ValueTask<RunLogEntry?> FindAnswerAsync(string commandId, CancellationToken cancellation) =>
        new(database.Read(connection => connection.QueryFirst(
            "SELECT entry FROM run_log WHERE command_id = ? ORDER BY position LIMIT 1", row => StorageJson.Read<RunLogEntry>(row.GetString(0)), commandId)));
}
