using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The body of <c>POST /api/rollouts</c>.</summary>
public sealed record StartRolloutRequest
{
    /// <summary>The playbook's name in the server's catalog.</summary>
    public string? Playbook { get; init; }

    /// <summary>A playbook's whole text, instead of a name of the catalog; only with an admin's key.</summary>
    public string? PlaybookText { get; init; }

    /// <summary>Values of the playbook's inputs; those left out take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Documents attached to the run before its first check, by name.</summary>
    public IReadOnlyDictionary<string, StartDocument> Documents { get; init; } = new Dictionary<string, StartDocument>();

    public string? Reason { get; init; }

    /// <summary>May name the key's owner, and nobody else: the key says who it is. Absent: not compared.</summary>
    [JsonPropertyName("as")]
    public string? Actor { get; init; }

    /// <summary>The earlier run that this one takes over from, and the stage at which; null: it begins with the first.</summary>
    public SupersedeRequest? Supersedes { get; init; }

    /// <summary>How many times faster waits pass; only where the server was started with <c>--allow-time-compression</c>.</summary>
    public double? TimeCompression { get; init; }
}
