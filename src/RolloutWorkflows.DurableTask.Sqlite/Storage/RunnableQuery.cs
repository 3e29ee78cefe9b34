namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Finds what has something to do at start, by indexes that hold nothing else.</summary>
internal static class RunnableQuery
{
    internal static IReadOnlyList<string> Load(SqliteDatabase database, DateTime now) => database.Query(
        """
        SELECT id FROM instance WHERE number IN (SELECT instance FROM inbox)
        UNION
        SELECT id FROM instance WHERE is_new = 1 AND start_at IS NULL
        UNION
        SELECT id FROM instance WHERE is_new = 1 AND start_at <= ?
        """,
        row => row.GetString(0),
        now.Ticks);
}
