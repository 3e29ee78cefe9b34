namespace RolloutWorkflows.Activities;

/// <summary>Which measurements of a run are wanted; null: any.</summary>
public sealed record MeasurementQuery
{
    public required string RunId { get; init; }

    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    public string? Guardrail { get; init; }

    /// <summary>Only grid points after this one.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>At most so many rows.</summary>
    public int Limit { get; init; } = 1000;
}
