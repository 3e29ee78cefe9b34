using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Messages that wait for their instance's next turn.</summary>
internal static class InboxTable
{
    internal static void Insert(SqliteDatabase database, long instance, StoreMessage message)
    {
        using var row = database.Prepare("INSERT INTO inbox (sequence, instance, execution, keep, payload) VALUES (?, ?, ?, ?, ?)");
        row.Bind(1, message.Sequence).Bind(2, instance).Bind(3, message.ExecutionId).Bind(4, message.KeepAsDeadLetter);
        PayloadTable.Bind(database, row, 5, message.Payload.Span, Key(instance, message.Sequence));
        row.Execute();
    }

    internal static void Delete(SqliteDatabase database, long sequence)
    {
        // Only a message that lies in its row goes at the first try; for the others a payload goes too.
        using (var row = database.Prepare("DELETE FROM inbox WHERE sequence = ? AND typeof(payload) <> 'integer'"))
            if (row.Bind(1, sequence).Execute() == 1) return;
        if (database.QueryFirst("SELECT instance FROM inbox WHERE sequence = ?", row => row.GetInt64OrNull(0), sequence) is not { } instance) return;
        database.Execute("DELETE FROM inbox WHERE sequence = ?", sequence);
        PayloadTable.Delete(database, Key(instance, sequence));
    }

    internal static void DeleteAll(SqliteDatabase database, long instance)
    {
        database.Execute("DELETE FROM inbox WHERE instance = ?", instance);
        PayloadTable.DeleteAll(database, instance, PayloadKind.Message);
    }

    internal static IReadOnlyList<StoreMessage> Load(SqliteDatabase database, string instanceId) =>
        InstanceTable.FindNumber(database, instanceId) is { } instance ? Load(database, instance, instanceId) : [];

    internal static List<StoreMessage> Load(SqliteDatabase database, long instance, string instanceId) => database.Query(
        "SELECT sequence, execution, keep, payload FROM inbox WHERE instance = ? ORDER BY sequence",
        row => new StoreMessage
        {
            Sequence = row.GetInt64(0),
            InstanceId = instanceId,
            ExecutionId = row.GetStringOrNull(1),
            KeepAsDeadLetter = row.GetBoolean(2),
            Payload = PayloadTable.ReadBytes(database, row, 3, Key(instance, row.GetInt64(0))),
        },
        instance);

    private static PayloadKey Key(long instance, long sequence) => new(instance, PayloadKind.Message, N: sequence);
}
