using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Activities that were called and have not answered.</summary>
internal static class ActivityTable
{
    /// <param name="database">The writer's connection.</param>
    /// <param name="instance">The calling instance's number.</param>
    /// <param name="activity">The call.</param>
    /// <param name="added">Grows with every call, so that calls are read in the order in which they were made.</param>
    internal static void Insert(SqliteDatabase database, long instance, ActivityRow activity, long added)
    {
        using var row = database.Prepare(
            "INSERT INTO activity (instance, execution, task, added, name, version, attempts, tags, input) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        row.Bind(1, instance).Bind(2, activity.Key.ExecutionId).Bind(3, activity.Key.TaskId).Bind(4, added)
            .Bind(5, activity.Name).Bind(6, activity.Version).Bind(7, activity.Attempts).Bind(8, activity.Tags);
        PayloadTable.Bind(database, row, 9, activity.Input, Key(instance, activity.Key.ExecutionId, activity.Key.TaskId));
        row.Execute();
    }

    internal static void Delete(SqliteDatabase database, long instance, in ActivityKey key)
    {
        // Only a call whose input lies in its row goes at the first try; for the others a payload goes too.
        using (var row = database.Prepare("DELETE FROM activity WHERE instance = ? AND execution = ? AND task = ? AND typeof(input) <> 'integer'"))
            if (row.Bind(1, instance).Bind(2, key.ExecutionId).Bind(3, key.TaskId).Execute() == 1) return;
        if (database.Execute("DELETE FROM activity WHERE instance = ? AND execution = ? AND task = ?", instance, key.ExecutionId, key.TaskId) == 1)
            PayloadTable.Delete(database, Key(instance, key.ExecutionId, key.TaskId));
    }

    internal static void DeleteAll(SqliteDatabase database, long instance)
    {
        database.Execute("DELETE FROM activity WHERE instance = ?", instance);
        PayloadTable.DeleteAll(database, instance, PayloadKind.ActivityInput);
    }

    internal static IReadOnlyList<ActivityRow> Load(SqliteDatabase database) => database.Query(
        """
        SELECT instance.id, activity.instance, activity.execution, activity.task, activity.name, activity.version, activity.attempts,
            activity.tags, activity.input
        FROM activity JOIN instance ON instance.number = activity.instance ORDER BY activity.added
        """,
        row => new ActivityRow
        {
            Key = new ActivityKey(row.GetString(0), row.GetString(2), row.GetInt32(3)),
            Name = row.GetString(4),
            Version = row.GetString(5),
            Attempts = row.GetInt32(6),
            Tags = row.GetStringOrNull(7),
            Input = PayloadTable.ReadText(database, row, 8, Key(row.GetInt64(1), row.GetString(2), row.GetInt32(3))),
        });

    /// <summary>Counts a first attempt of every call that may have been under way when the process stopped uncleanly.</summary>
    internal static void CountFirstAttempts(SqliteDatabase database) => database.Execute("UPDATE activity SET attempts = 1 WHERE attempts = 0");

    /// <summary>Counts one more attempt.</summary>
    internal static void CountAttempt(SqliteDatabase database, long instance, in ActivityKey key) => database.Execute(
        "UPDATE activity SET attempts = attempts + 1 WHERE instance = ? AND execution = ? AND task = ?", instance, key.ExecutionId, key.TaskId);

    internal static long LastAdded(SqliteDatabase database) =>
        database.QueryFirst("SELECT max(added) FROM activity", row => row.GetInt64(0));

    private static PayloadKey Key(long instance, string execution, int task) => new(instance, PayloadKind.ActivityInput, execution, task);
}
