using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The body of what is done to a message of the outbox.</summary>
public sealed record OutboxRequest
{
    /// <summary>May name the key's owner, and nobody else. Absent: not compared.</summary>
    [JsonPropertyName("as")]
    public string? Actor { get; init; }

    /// <summary>Why; needed to drop one.</summary>
    public string? Reason { get; init; }
}
