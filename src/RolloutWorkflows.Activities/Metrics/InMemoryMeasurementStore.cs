namespace RolloutWorkflows.Activities;

/// <summary>Measurements in memory, for tests and simulations.</summary>
public sealed class InMemoryMeasurementStore : IMeasurementStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Run, string Stage, int Attempt, long Grid, string Guardrail), MeasurementRow> _rows = [];

    public ValueTask StoreAsync(IReadOnlyList<MeasurementRow> rows, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            foreach (var row in rows)
                _rows.TryAdd((row.RunId, row.Stage, row.Attempt, row.GridTime.UtcTicks, row.Measurement.Guardrail), row);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<MeasurementRow>> FindAsync(string runId, string stage, int attempt, DateTimeOffset gridTime, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _rows.Values.Where(row => row.RunId == runId && row.Stage == stage && row.Attempt == attempt && row.GridTime == gridTime)]);
        }
    }

    public ValueTask<IReadOnlyList<MeasurementRow>> ReadAsync(MeasurementQuery query, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _rows.Values
                .Where(row => row.RunId == query.RunId
                    && (query.Stage is null || row.Stage == query.Stage)
                    && (query.Attempt is null || row.Attempt == query.Attempt)
                    && (query.Guardrail is null || row.Measurement.Guardrail == query.Guardrail)
                    && (query.After is null || row.GridTime > query.After))
                .OrderBy(row => row.GridTime)
                .ThenBy(row => row.Measurement.Guardrail, StringComparer.Ordinal)
                .Take(query.Limit)]);
        }
    }
}
