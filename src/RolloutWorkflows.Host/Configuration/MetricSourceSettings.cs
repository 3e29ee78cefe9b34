using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Where and how a metric source answers. What it needs to be signed in to is named here, never held.</summary>
public sealed record MetricSourceSettings
{
    /// <summary>What the source speaks.</summary>
    public MetricProvider Provider { get; init; } = MetricProvider.Json;

    /// <summary>Absolute, http or https: of a JSON document, or the one below which <c>/api/v1/query</c> answers.</summary>
    public required Uri Address { get; init; }

    /// <summary>How long one answer may take, on the real clock; default 5 s, at most 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Headers, those that came by <c>%NAME%</c> among them, so they are never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public HttpCredentials Credentials { get; init; } = new();
}
