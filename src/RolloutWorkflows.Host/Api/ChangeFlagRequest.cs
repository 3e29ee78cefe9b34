using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The body of <c>PUT /flags/{flag}</c>: a change by hand. What is absent stays as it is.</summary>
public sealed record ChangeFlagRequest
{
    /// <summary>May name the key's owner, and nobody else: the key says who it is. Absent: not compared.</summary>
    [JsonPropertyName("as")]
    public string? Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>False: off for everybody, whatever else it says.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The share of users, 0–100.</summary>
    public double? Percent { get; init; }

    public ChangeCanary? Canary { get; init; }

    /// <summary>Forces the change of a flag that a run holds.</summary>
    public BreakGlass? BreakGlass { get; init; }
}
