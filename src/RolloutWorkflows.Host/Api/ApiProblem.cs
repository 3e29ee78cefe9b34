using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>An error answer (RFC 9457, <c>application/problem+json</c>): what happened, where, and what to do.</summary>
public sealed record ApiProblem
{
    /// <summary>A stable word for programs, such as <c>run-not-found</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, the same for every problem of this code.</summary>
    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What happened this time: expected against got.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }

    /// <summary>The path that was asked.</summary>
    public string? Instance { get; init; }

    /// <summary>Every single problem, where there are several.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>For a refused command: what would be accepted now.</summary>
    public IReadOnlyList<string>? Accepts { get; init; }

    /// <summary>For a refused command: the questions open now, by their approval ids.</summary>
    public IReadOnlyList<string>? OpenApprovals { get; init; }

    [JsonInclude]
    public string Type => $"urn:rollout:problem:{Code}";
}
