namespace RolloutWorkflows.Orchestrations;

/// <summary>What a measurement says.</summary>
public enum MeasurementVerdict
{
    Passed,

    /// <summary>The warning condition holds. Counts as clean.</summary>
    Warning,

    Failed,

    /// <summary>Neither condition decides, or the number is not one.</summary>
    Inconclusive,

    /// <summary>The source answered and had no value, or too few samples.</summary>
    NoData,

    /// <summary>The source could not be asked: time-out, refused, 4xx, 5xx, unreadable answer.</summary>
    Error,
}
