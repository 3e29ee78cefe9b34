namespace RolloutWorkflows.Activities;

/// <summary>The measurements of all runs, kept for ever outside orchestration histories. Thread-safe.</summary>
public interface IMeasurementStore
{
    /// <summary>Stores rows, all or none. Where a row of the same key stands already, that one is kept.</summary>
    ValueTask StoreAsync(IReadOnlyList<MeasurementRow> rows, CancellationToken cancellation = default);

    /// <summary>The rows of one grid point, in no particular order.</summary>
    ValueTask<IReadOnlyList<MeasurementRow>> FindAsync(string runId, string stage, int attempt, DateTimeOffset gridTime, CancellationToken cancellation = default);

    /// <summary>Rows by grid time, then by guardrail.</summary>
    ValueTask<IReadOnlyList<MeasurementRow>> ReadAsync(MeasurementQuery query, CancellationToken cancellation = default);
}
