namespace RolloutWorkflows.Playbooks;

/// <summary>What a measurement is compared with: a stored capture or another metric. Exactly one is set.</summary>
public sealed record Baseline
{
    /// <summary>The name under which a <c>metric/capture</c> stored it.</summary>
    public string? Capture { get; init; }

    /// <summary>The metric that is measured beside it.</summary>
    public string? Metric { get; init; }
}
