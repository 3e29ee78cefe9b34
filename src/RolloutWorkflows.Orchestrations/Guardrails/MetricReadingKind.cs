namespace RolloutWorkflows.Orchestrations;

/// <summary>Whether a source answered with a value, without one, or not at all.</summary>
public enum MetricReadingKind
{
    Value,
    NoData,
    Error,
}
