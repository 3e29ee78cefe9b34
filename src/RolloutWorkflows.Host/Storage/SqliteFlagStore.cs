using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>The built-in flags in SQLite.</summary>
internal sealed class SqliteFlagStore(RolloutDatabase database, TimeProvider time) : IFlagStore
{
    public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default) =>
        new(database.Read(connection => Find(connection, flag)));

    public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query("SELECT state FROM flags ORDER BY name", row => StorageJson.Read<FlagState>(row.GetString(0)))));

    public async ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default)
    {
        FlagNames.Require(change.Flag);
        return await database.WriteAsync(connection => Change(connection, change));
    }

    public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default) =>
        new(database.Read(connection => flag is null
            ? connection.Query(
                "SELECT entry FROM flag_audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                row => StorageJson.Read<FlagAuditEntry>(row.GetString(0)), before ?? long.MaxValue, limit)
            : connection.Query(
                "SELECT entry FROM flag_audit WHERE flag = ? AND number < ? ORDER BY number DESC LIMIT ?",
                row => StorageJson.Read<FlagAuditEntry>(row.GetString(0)), flag, before ?? long.MaxValue, limit)));

    private FlagChangeResult Change(SqliteDatabase connection, FlagChange change)
    {
        var now = time.GetUtcNow();
        var result = FlagTransition.Decide(change, Find(connection, change.Flag), Seen(connection, change), now);
        if (result.Outcome != FlagChangeOutcome.Refused) Keep(connection, change, result);
        var number = connection.QueryFirst("SELECT coalesce(max(number), 0) + 1 FROM flag_audit", row => row.GetInt64(0));
        var entry = FlagTransition.Audit(number, change, result, now);
        connection.Execute("INSERT INTO flag_audit (number, flag, entry) VALUES (?, ?, ?)", number, change.Flag, StorageJson.Write(entry));
        return result;
    }

    private static void Keep(SqliteDatabase connection, FlagChange change, FlagChangeResult result)
    {
        if (result.Outcome == FlagChangeOutcome.Changed)
            connection.Execute("INSERT INTO flags (name, state) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state", change.Flag, StorageJson.Write(result.After));
        if (change.Fence is not { } fence) return;
        connection.Execute(
            "INSERT INTO flag_fences (flag, run, epoch, sequence) VALUES (?, ?, ?, ?) ON CONFLICT (flag, run) DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence",
            change.Flag, fence.RunId, fence.Epoch, fence.Sequence);
    }

    private static FlagState? Find(SqliteDatabase connection, string flag) =>
        connection.QueryFirst("SELECT state FROM flags WHERE name = ?", row => StorageJson.Read<FlagState>(row.GetString(0)), flag);

    private static FlagFence? Seen(SqliteDatabase connection, FlagChange change) => change.Fence is not { } fence ? null :
        connection.QueryFirst("SELECT epoch, sequence FROM flag_fences WHERE flag = ? AND run = ?", row => new FlagFence(fence.RunId, row.GetInt32(0), row.GetInt64(1)), change.Flag, fence.RunId);
}
