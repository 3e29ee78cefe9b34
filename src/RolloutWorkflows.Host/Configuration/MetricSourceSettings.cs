namespace RolloutWorkflows.Host;

/// <summary>Where a metric source answers. Headers may carry credentials, so they are never logged.</summary>
public sealed record MetricSourceSettings
{
    /// <summary>An absolute http or https address that answers with JSON.</summary>
    public required Uri Url { get; init; }

    /// <summary>How long one answer may take, on the real clock; default 5 s, at most 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
