using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Measurements in SQLite, kept for ever.</summary>
internal sealed class SqliteMeasurementStore(RolloutDatabase database) : IMeasurementStore
{
    private const string Columns = "run, stage, attempt, grid, measurement";

    public async ValueTask StoreAsync(IReadOnlyList<MeasurementRow> rows, CancellationToken cancellation = default)
    {
        if (rows.Count == 0) return;
        await database.WriteAsync(connection => rows.Sum(row => connection.Execute(
            "INSERT INTO measurements (run, grid, guardrail, stage, attempt, measurement) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            row.RunId, row.GridTime.UtcTicks, row.Measurement.Guardrail, row.Stage, row.Attempt, StorageJson.Write(row.Measurement))));
    }

    public ValueTask<IReadOnlyList<MeasurementRow>> FindAsync(string runId, string stage, int attempt, DateTimeOffset gridTime, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query(
            $"SELECT {Columns} FROM measurements WHERE run = ? AND grid = ? AND stage = ? AND attempt = ?", Row, runId, gridTime.UtcTicks, stage, attempt)));

    public ValueTask<IReadOnlyList<MeasurementRow>> ReadAsync(MeasurementQuery query, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query(
            $"""
            SELECT {Columns} FROM measurements
            WHERE run = ? AND grid > ? AND (?3 IS NULL OR stage = ?3) AND (?4 IS NULL OR attempt = ?4) AND (?5 IS NULL OR guardrail = ?5)
            ORDER BY grid, guardrail LIMIT ?6
            """,
            Row, query.RunId, query.After?.UtcTicks ?? -1, query.Stage, (long?)query.Attempt, query.Guardrail, query.Limit)));

    private static MeasurementRow Row(SqliteStatement row) => new()
    {
        RunId = row.GetString(0),
        Stage = row.GetString(1),
        Attempt = row.GetInt32(2),
        GridTime = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        Measurement = StorageJson.Read<Measurement>(row.GetString(4)),
    };
}
