using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>The starts that carried an idempotency key: which request, and which run. Thread-safe.</summary>
internal sealed class SqliteStartKeys(RolloutDatabase database, TimeProvider time)
{
    /// <summary>The start with this key, or null where there was none.</summary>
    public StartKey? Find(string actor, string key) =>
        database.Read(connection => connection.QueryFirst("SELECT digest, run FROM start_keys WHERE actor = ? AND key = ?", ToStartKey, actor, key));

    /// <summary>Notes the start before anything of it happens, so that a try after a crash goes on with the same run.</summary>
    public async Task NoteAsync(string actor, string key, StartKey start) => await database.WriteAsync(connection => connection.Execute(
        "INSERT INTO start_keys (actor, key, digest, run, at) VALUES (?, ?, ?, ?, ?)", actor, key, start.Digest, start.RunId, time.GetUtcNow().UtcTicks));

    private static StartKey ToStartKey(SqliteStatement row) => new(row.GetString(0), row.GetString(1));
}
