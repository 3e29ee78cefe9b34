using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Writes the instances' rows.</summary>
internal static class InstanceTable
{
    internal static InstanceState? Find(SqliteDatabase database, string instanceId)
    {
        using var row = database.Prepare(
            """
            SELECT number, execution, last_sequence, status,
                parked IS NOT NULL OR completed IS NOT NULL OR output IS NOT NULL OR failure IS NOT NULL
            FROM instance WHERE id = ?
            """);
        if (!row.Bind(1, instanceId).Step()) return null;
        return new InstanceState(row.GetInt64(0), row.GetString(1), row.GetInt64(2), (OrchestrationRuntimeStatus)row.GetInt32(3), row.GetBoolean(4));
    }

    internal static long? FindNumber(SqliteDatabase database, string instanceId)
    {
        using var row = database.Prepare("SELECT number FROM instance WHERE id = ?");
        return row.Bind(1, instanceId).Step() ? row.GetInt64(0) : null;
    }

    internal static void Insert(SqliteDatabase database, InstanceRow instance)
    {
        using var row = database.Prepare(
            """
            INSERT INTO instance (id, name, version, execution, status, created, updated, completed, start_at, last_sequence, is_new,
                attempts, parked, wait_summary, parent_id, parent_execution, parent_task, parent_name,
                tags, input, output, failure, custom_status)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        row.Bind(1, instance.InstanceId).Bind(2, instance.Name).Bind(3, instance.Version).Bind(4, instance.ExecutionId)
            .Bind(5, (int)instance.Status).Bind(6, instance.CreatedAt.Ticks).Bind(7, instance.UpdatedAt.Ticks)
            .Bind(8, instance.CompletedAt?.Ticks).Bind(9, instance.StartAt?.Ticks).Bind(10, instance.LastSequence)
            .Bind(11, instance.LastSequence == 0 && !instance.HasEnded).Bind(12, instance.Attempts)
            .Bind(13, instance.ParkedReason).Bind(14, instance.WaitSummary);
        BindParent(row, instance.Parent);
        BindSmall(row, 19, instance.Tags);
        BindSmall(row, 20, instance.Input);
        BindSmall(row, 21, instance.Output);
        BindSmall(row, 22, instance.Failure);
        BindSmall(row, 23, instance.CustomStatus);
        row.Execute();
        WriteLargeValues(database, database.LastInsertRowId, instance);
    }

    /// <summary>Writes a new state whose fence has been checked against <paramref name="before"/>.</summary>
    internal static void Update(SqliteDatabase database, in InstanceState before, InstanceUpdate update)
    {
        if (IsOrdinaryTurn(before, update)) UpdateOrdinary(database, before.Number, update);
        else UpdateFully(database, before.Number, update);
        if (update.CustomStatusChanged) WriteValue(database, before.Number, "custom_status", PayloadKind.CustomStatus, update.CustomStatus);
        if (update.NewExecution is { } next)
        {
            database.Execute("UPDATE instance SET execution = ?, version = ?, start_at = NULL WHERE number = ?", next.ExecutionId, next.Version, before.Number);
            WriteValue(database, before.Number, "input", PayloadKind.Input, next.Input);
        }
    }

    /// <summary>Removes an instance and every row that lies under its number.</summary>
    internal static void Delete(SqliteDatabase database, long instance)
    {
        HistoryTable.DeleteAll(database, instance);
        InboxTable.DeleteAll(database, instance);
        TimerTable.DeleteAll(database, instance);
        ActivityTable.DeleteAll(database, instance);
        PayloadTable.DeleteAll(database, instance);
        database.Execute("DELETE FROM instance WHERE number = ?", instance);
    }

    /// <summary>Most turns change nothing that an index or a listing by status would show.</summary>
    private static bool IsOrdinaryTurn(in InstanceState before, InstanceUpdate update) =>
        !before.HasResult && before.LastSequence > 0 && update.LastSequence > 0 && update.Status == before.Status
        && update.CompletedAt is null && update.Output is null && update.Failure is null && update.ParkedReason is null;

    private static void UpdateOrdinary(SqliteDatabase database, long instance, InstanceUpdate update)
    {
        using var row = database.Prepare("UPDATE instance SET last_sequence = ?, updated = ?, attempts = ?, wait_summary = ? WHERE number = ?");
        row.Bind(1, update.LastSequence).Bind(2, update.UpdatedAt.Ticks).Bind(3, update.Attempts).Bind(4, update.WaitSummary).Bind(5, instance).Execute();
    }

    private static void UpdateFully(SqliteDatabase database, long instance, InstanceUpdate update)
    {
        using var row = database.Prepare(
            """
            UPDATE instance SET last_sequence = ?, is_new = ?, status = ?, updated = ?, completed = ?, attempts = ?, parked = ?,
                wait_summary = ?, output = ?, failure = ? WHERE number = ?
            """);
        row.Bind(1, update.LastSequence).Bind(2, update.LastSequence == 0 && !update.HasEnded).Bind(3, (int)update.Status)
            .Bind(4, update.UpdatedAt.Ticks).Bind(5, update.CompletedAt?.Ticks).Bind(6, update.Attempts).Bind(7, update.ParkedReason)
            .Bind(8, update.WaitSummary);
        PayloadTable.Bind(database, row, 9, update.Output, new PayloadKey(instance, PayloadKind.Output));
        PayloadTable.Bind(database, row, 10, update.Failure, new PayloadKey(instance, PayloadKind.Failure));
        row.Bind(11, instance).Execute();
    }

    private static void BindParent(SqliteStatement row, ParentLink? parent) =>
        row.Bind(15, parent?.InstanceId).Bind(16, parent?.ExecutionId).Bind(17, (long?)parent?.TaskId).Bind(18, parent?.Name);

    private static void BindSmall(SqliteStatement row, int index, string? value) =>
        row.Bind(index, PayloadTable.IsLarge(value) ? null : value);

    /// <summary>Large values come after the row, because they are stored under the number that it got.</summary>
    private static void WriteLargeValues(SqliteDatabase database, long instance, InstanceRow values)
    {
        if (PayloadTable.IsLarge(values.Tags)) WriteValue(database, instance, "tags", PayloadKind.Tags, values.Tags);
        if (PayloadTable.IsLarge(values.Input)) WriteValue(database, instance, "input", PayloadKind.Input, values.Input);
        if (PayloadTable.IsLarge(values.Output)) WriteValue(database, instance, "output", PayloadKind.Output, values.Output);
        if (PayloadTable.IsLarge(values.Failure)) WriteValue(database, instance, "failure", PayloadKind.Failure, values.Failure);
        if (PayloadTable.IsLarge(values.CustomStatus)) WriteValue(database, instance, "custom_status", PayloadKind.CustomStatus, values.CustomStatus);
    }

    private static void WriteValue(SqliteDatabase database, long instance, string column, PayloadKind kind, string? value)
    {
        using var row = database.Prepare($"UPDATE instance SET {column} = ? WHERE number = ?");
        PayloadTable.Bind(database, row, 1, value, new PayloadKey(instance, kind));
        row.Bind(2, instance).Execute();
    }
}
