namespace RolloutWorkflows.Playbooks;

/// <summary>A number that can be measured: where from, and which part of the answer. Sources and their credentials are the host's.</summary>
public sealed record Metric
{
    /// <summary>A source named in the host's configuration, or <see cref="RolloutMetrics.Source"/>.</summary>
    public required string Source { get; init; }

    /// <summary>For JSON sources: the dotted path of the value.</summary>
    public string? Value { get; init; }

    /// <summary>For JSON sources: the dotted path of the number of samples behind the value.</summary>
    public string? Samples { get; init; }

    /// <summary>For the source <c>rollouts</c>: whose runs, by name or by a pattern such as <c>web4-*</c>; the playbook's own where it does not say. Null for other sources.</summary>
    public string? Playbook { get; init; }

    /// <summary>For the source <c>rollouts</c>: how many of the last ended runs; null: <see cref="RolloutMetrics.DefaultLast"/>.</summary>
    public int? Last { get; init; }

    /// <summary>For query sources: the query in the source's own language.</summary>
    public string? Query { get; init; }

    /// <summary>For query sources: the query that counts the samples.</summary>
    public string? SamplesQuery { get; init; }
}
