using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Messages that found no instance to receive them.</summary>
internal static class DeadLetterTable
{
    internal static void Insert(SqliteDatabase database, StoreMessage message, string reason)
    {
        using var row = database.Prepare("INSERT INTO dead_letter (sequence, instance_id, reason, payload) VALUES (?, ?, ?, ?)");
        row.Bind(1, message.Sequence).Bind(2, message.InstanceId).Bind(3, reason).Bind(4, message.Payload.Span).Execute();
    }

    internal static IReadOnlyList<DeadLetter> Load(SqliteDatabase database, int limit) => database.Query(
        "SELECT sequence, instance_id, payload, reason FROM dead_letter ORDER BY sequence DESC LIMIT ?",
        row => new DeadLetter(row.GetInt64(0), row.GetString(1), row.GetSpan(2).ToArray(), row.GetString(3)),
        limit);
}
