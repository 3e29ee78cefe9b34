using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Timers in the order in which they are due. However many wait, reading the next ones costs one seek.</summary>
internal static class TimerTable
{
    internal static void Insert(SqliteDatabase database, long instance, in TimerRow timer)
    {
        using var row = database.Prepare("INSERT INTO timer (due, instance, execution, task) VALUES (?, ?, ?, ?)");
        row.Bind(1, timer.DueAt.Ticks).Bind(2, instance).Bind(3, timer.ExecutionId).Bind(4, timer.TaskId).Execute();
    }

    internal static void Delete(SqliteDatabase database, long instance, in TimerRow timer)
    {
        using var row = database.Prepare("DELETE FROM timer WHERE instance = ? AND task = ? AND execution = ?");
        row.Bind(1, instance).Bind(2, timer.TaskId).Bind(3, timer.ExecutionId).Execute();
    }

    internal static void DeleteAll(SqliteDatabase database, long instance) =>
        database.Execute("DELETE FROM timer WHERE instance = ?", instance);

    internal static IReadOnlyList<TimerRow> Load(SqliteDatabase database, DateTime after, DateTime until) => database.Query(
        """
        SELECT instance.id, timer.execution, timer.task, timer.due FROM timer JOIN instance ON instance.number = timer.instance
        WHERE timer.due > ? AND timer.due <= ? ORDER BY timer.due
        """,
        row => new TimerRow(row.GetString(0), row.GetString(1), row.GetInt32(2), StoredTime.From(row.GetInt64(3))),
        after.Ticks, until.Ticks);

    internal static DateTime? Next(SqliteDatabase database, DateTime after) =>
        StoredTime.From(database.QueryFirst("SELECT min(due) FROM timer WHERE due > ?", row => row.GetInt64OrNull(0), after.Ticks));
}
