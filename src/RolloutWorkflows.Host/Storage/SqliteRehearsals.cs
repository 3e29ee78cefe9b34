using System.Text.Json;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>The last rehearsal of each stage's way back, by playbook. Thread-safe.</summary>
internal sealed class SqliteRehearsals(RolloutDatabase database, TimeProvider time)
{
    /// <summary>By stage name; empty where none was ever reported.</summary>
    public IReadOnlyList<KnownRehearsal> Of(string playbook) =>
        database.Read(connection => connection.Query("SELECT stage, digest, at, actor, passed, cause, problems FROM rehearsals WHERE playbook = ? ORDER BY stage", ToRehearsal, playbook));

    /// <summary>Keeps a report in place of earlier ones of the same stages.</summary>
    public Task<int> KeepAsync(string playbook, RehearsalReport report, string actor) => database.WriteAsync(connection => report.Stages.Sum(stage => connection.Execute(
        "INSERT OR REPLACE INTO rehearsals (playbook, stage, digest, at, actor, passed, cause, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        playbook, stage.Stage, report.Digest, time.GetUtcNow().UtcTicks, actor, stage.Passed ? 1 : 0, stage.Cause, JsonSerializer.Serialize(stage.Problems))));

    private static KnownRehearsal ToRehearsal(SqliteStatement row) => new()
    {
        Stage = row.GetString(0),
        Digest = row.GetString(1),
        At = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
        By = row.GetString(3),
        Passed = row.GetInt64(4) == 1,
        Cause = row.GetString(5),
        Problems = JsonSerializer.Deserialize<List<string>>(row.GetString(6)) ?? [],
    };
}
