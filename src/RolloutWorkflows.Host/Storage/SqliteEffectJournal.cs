using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The effect journal in SQLite.</summary>
internal sealed class SqliteEffectJournal(RolloutDatabase database) : IEffectJournal
{
    public async ValueTask<EffectIntent> IntendAsync(EffectRecord intent, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Intend(connection, intent));

    public ValueTask<EffectRecord?> FindAsync(string effectId, CancellationToken cancellation = default) =>
        new(database.Read(connection => Find(connection, effectId)));

    public async ValueTask SettleAsync(string effectId, EffectState state, JsonElement? standing = null, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Settle(connection, effectId, state, standing));

    public async ValueTask AcceptAsync(string effectId, JsonElement standing, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Accept(connection, effectId, standing));

    public ValueTask<IReadOnlyList<EffectRecord>> ListAsync(string runId, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query("SELECT record FROM effects WHERE run = ? ORDER BY sequence", row => StorageJson.Read<EffectRecord>(row.GetString(0)), runId)));

    public ValueTask<IReadOnlyList<EffectRecord>> ListOfOthersSinceAsync(string runId, CancellationToken cancellation = default) =>
        // Lines are never deleted, so their row ids grow in the order in which they came.
        new(database.Read(connection => connection.Query(
            "SELECT record FROM effects WHERE rowid > (SELECT min(rowid) FROM effects WHERE run = ?1) AND run <> ?1 ORDER BY rowid", row => StorageJson.Read<EffectRecord>(row.GetString(0)), runId)));

    public async ValueTask<int> RaiseEpochAsync(string runId, int epoch, string? surface, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection =>
        {
            connection.Execute("INSERT INTO run_effects (run, epoch, sequence) VALUES (?, ?, 0) ON CONFLICT (run) DO UPDATE SET epoch = max(epoch, excluded.epoch)", RowOf(runId, surface), epoch);
            return Epoch(connection, runId, surface);
        });

    public ValueTask<int> EpochOfAsync(string runId, string? surface, CancellationToken cancellation = default) =>
        new(database.Read(connection => Epoch(connection, runId, surface)));

    public async ValueTask<long> NextSequenceAsync(string runId, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Next(connection, runId));

    private static EffectIntent Intend(SqliteDatabase connection, EffectRecord intent)
    {
        var epoch = Epoch(connection, intent.RunId, intent.Surface);
        var known = Find(connection, intent.EffectId);
        if (intent.Epoch < epoch) return new EffectIntent(EffectIntentOutcome.Refused, known ?? intent, epoch);
        if (known is not null) return new EffectIntent(EffectIntentOutcome.Known, known, epoch);
        var written = intent with { Sequence = Next(connection, intent.RunId), State = EffectState.Intended };
        connection.Execute("INSERT INTO effects (effect_id, run, sequence, record) VALUES (?, ?, ?, ?)", written.EffectId, written.RunId, written.Sequence, StorageJson.Write(written));
        return new EffectIntent(EffectIntentOutcome.Written, written, epoch);
    }

    private static bool Settle(SqliteDatabase connection, string effectId, EffectState state, JsonElement? standing)
    {
        var line = Find(connection, effectId) ?? throw new ArgumentException($"No effect '{effectId}' is journaled.", nameof(effectId));
        var late = state == EffectState.Applied && line.State is not (EffectState.Intended or EffectState.Applied);
        if (late) return false;
        var settled = line with { State = state, Intended = standing ?? line.Intended, Accepted = standing is null ? line.Accepted : null };
        return Replace(connection, settled);
    }

    private static bool Accept(SqliteDatabase connection, string effectId, JsonElement standing)
    {
        var line = Find(connection, effectId) ?? throw new ArgumentException($"No effect '{effectId}' is journaled.", nameof(effectId));
        return line.State == EffectState.Applied && Replace(connection, line with { Accepted = standing });
    }

    private static bool Replace(SqliteDatabase connection, EffectRecord line) =>
        connection.Execute("UPDATE effects SET record = ? WHERE effect_id = ?", StorageJson.Write(line), line.EffectId) > 0;

    private static EffectRecord? Find(SqliteDatabase connection, string effectId) =>
        connection.QueryFirst("SELECT record FROM effects WHERE effect_id = ?", row => StorageJson.Read<EffectRecord>(row.GetString(0)), effectId);

    private static int Epoch(SqliteDatabase connection, string runId, string? surface) =>
        connection.QueryFirst("SELECT coalesce(max(epoch), 0) FROM run_effects WHERE run IN (?, ?)", row => row.GetInt32(0), runId, RowOf(runId, surface));

    /// <summary>A surface's epoch has a row of its own, beside the run's; no run's id has a space.</summary>
    private static string RowOf(string runId, string? surface) => surface is null ? runId : $"{runId} {surface}";

    private static long Next(SqliteDatabase connection, string runId)
    {
        connection.Execute("INSERT INTO run_effects (run, epoch, sequence) VALUES (?, 0, 1) ON CONFLICT (run) DO UPDATE SET sequence = sequence + 1", runId);
        return connection.QueryFirst("SELECT sequence FROM run_effects WHERE run = ?", row => row.GetInt64(0), runId);
    }
}
