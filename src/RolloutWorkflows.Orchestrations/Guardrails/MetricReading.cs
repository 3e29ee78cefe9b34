namespace RolloutWorkflows.Orchestrations;

/// <summary>What a metric source answered, before any rule judges it.</summary>
public sealed record MetricReading
{
    public required MetricReadingKind Kind { get; init; }

    /// <summary>Set where <see cref="Kind"/> is <see cref="MetricReadingKind.Value"/>; may be NaN.</summary>
    public double? Value { get; init; }

    public double? Samples { get; init; }

    /// <summary>Why there is no value; empty where there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the source said beside a value, such as a warning; empty where it said nothing. It is shown with the value and decides nothing.</summary>
    public string Note { get; init; } = "";

    public static MetricReading Of(double value, double? samples = null) => new() { Kind = MetricReadingKind.Value, Value = value, Samples = samples };

    public static MetricReading NoData(string reason) => new() { Kind = MetricReadingKind.NoData, Reason = reason };

    public static MetricReading Error(string reason) => new() { Kind = MetricReadingKind.Error, Reason = reason };
}
