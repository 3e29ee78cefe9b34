namespace Web4Service;

/// <summary>How those fare who do not have the feature: the other half of an A/B comparison. A number that nobody can know is null.</summary>
internal sealed record ControlGroup
{
    public required int Requests { get; init; }

    public double? P95Ms { get; init; }

    /// <summary>Mean stars, 1–5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>The share of visits in which users got what they came for.</summary>
    public double? CompletionRate { get; init; }
}
