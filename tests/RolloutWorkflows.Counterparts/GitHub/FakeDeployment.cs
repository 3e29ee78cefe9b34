using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A deployment at the fake GitHub.</summary>
public sealed class FakeDeployment
{
    public required long Id { get; init; }

    public required string Ref { get; init; }

    public required string Sha { get; init; }

    public required string Environment { get; init; }

    public required string Task { get; init; }

    public string? Description { get; init; }

    public JsonNode? Payload { get; init; }

    public required FakeAccount Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Oldest first.</summary>
    public List<FakeDeploymentStatus> Statuses { get; } = [];
}
