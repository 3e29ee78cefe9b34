using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>One stored measurement and where it belongs. Run, stage, attempt, guardrail and grid time are its key.</summary>
public sealed record MeasurementRow
{
    public required string RunId { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    /// <summary>The grid point, in playbook time.</summary>
    public required DateTimeOffset GridTime { get; init; }

    public required Measurement Measurement { get; init; }
}
