using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Turns stored rows into instances.</summary>
internal static class InstanceReader
{
    /// <summary>The columns that <see cref="Map"/> reads, in its order; the last four only with payloads.</summary>
    private const string Columns =
        """
        number, id, name, version, execution, status, created, updated, completed, start_at, last_sequence, attempts, parked,
        wait_summary, parent_id, parent_execution, parent_task, parent_name, tags
        """;

    private const string PayloadColumns = ", input, output, failure, custom_status";

    internal static string SelectColumns(bool withPayloads) => withPayloads ? Columns + PayloadColumns : Columns;

    internal static InstanceRow? Find(SqliteDatabase database, string instanceId)
    {
        using var row = database.Prepare("SELECT " + Columns + PayloadColumns + " FROM instance WHERE id = ?");
        return row.Bind(1, instanceId).Step() ? Map(database, row, withPayloads: true) : null;
    }

    internal static InstanceRow Map(SqliteDatabase database, SqliteStatement row, bool withPayloads)
    {
        var number = row.GetInt64(0);
        string? Value(int column, PayloadKind kind) =>
            withPayloads ? PayloadTable.ReadText(database, row, column, new PayloadKey(number, kind)) : null;
        return new InstanceRow
        {
            InstanceId = row.GetString(1),
            Name = row.GetString(2),
            Version = row.GetString(3),
            ExecutionId = row.GetString(4),
            Status = (OrchestrationRuntimeStatus)row.GetInt32(5),
            CreatedAt = StoredTime.From(row.GetInt64(6)),
            UpdatedAt = StoredTime.From(row.GetInt64(7)),
            CompletedAt = StoredTime.From(row.GetInt64OrNull(8)),
            StartAt = StoredTime.From(row.GetInt64OrNull(9)),
            LastSequence = row.GetInt64(10),
            Attempts = row.GetInt32(11),
            ParkedReason = row.GetStringOrNull(12),
            WaitSummary = row.GetStringOrNull(13),
            Parent = row.IsNull(14) ? null : new ParentLink(row.GetString(14), row.GetString(15), row.GetInt32(16), row.GetString(17)),
            Tags = PayloadTable.ReadText(database, row, 18, new PayloadKey(number, PayloadKind.Tags)),
            Input = Value(19, PayloadKind.Input),
            Output = Value(20, PayloadKind.Output),
            Failure = Value(21, PayloadKind.Failure),
            CustomStatus = Value(22, PayloadKind.CustomStatus),
        };
    }
}
