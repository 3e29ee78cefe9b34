using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>One row per turn of an execution.</summary>
internal static class HistoryTable
{
    internal static void Insert(SqliteDatabase database, long instance, HistoryBatch batch)
    {
        using var row = database.Prepare("INSERT INTO history (instance, execution, sequence, event_count, events) VALUES (?, ?, ?, ?, ?)");
        row.Bind(1, instance).Bind(2, batch.ExecutionId).Bind(3, batch.Sequence).Bind(4, batch.EventCount);
        PayloadTable.Bind(database, row, 5, batch.Events.Span, Key(instance, batch.ExecutionId, batch.Sequence));
        row.Execute();
    }

    internal static IReadOnlyList<HistoryBatch> Load(SqliteDatabase database, string instanceId, string executionId)
    {
        if (InstanceTable.FindNumber(database, instanceId) is not { } instance) return [];
        return database.Query(
            "SELECT sequence, event_count, events FROM history WHERE instance = ? AND execution = ? ORDER BY sequence",
            row => new HistoryBatch(
                instanceId,
                executionId,
                row.GetInt64(0),
                row.GetInt32(1),
                PayloadTable.ReadBytes(database, row, 2, Key(instance, executionId, row.GetInt64(0)))),
            instance, executionId);
    }

    internal static void DeleteAll(SqliteDatabase database, long instance)
    {
        database.Execute("DELETE FROM history WHERE instance = ?", instance);
        PayloadTable.DeleteAll(database, instance, PayloadKind.HistoryEvents);
    }

    private static PayloadKey Key(long instance, string execution, long sequence) => new(instance, PayloadKind.HistoryEvents, execution, sequence);
}
