namespace Web4Service;

/// <summary>The service's state over the last moments, as <c>/ops/status.json</c>. A number that nobody can know is null.</summary>
internal sealed record StatusDocument
{
    public required OpsStatus Ops { get; init; }

    /// <summary>Mean stars, 1–5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>The share of visits in which users got what they came for.</summary>
    public double? CompletionRate { get; init; }

    /// <summary>The same of users without the feature; null where there were none.</summary>
    public ControlGroup? Control { get; init; }

    /// <summary>Of the users who came again, the share whose visit before had gone well: the others had reason to stay away.</summary>
    public double? RetentionRate { get; init; }
}
