using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>What a message of ours becomes.</summary>
public sealed record SlackUpdate
{
    public required string Channel { get; init; }

    /// <summary>Which message.</summary>
    public required string Ts { get; init; }

    public required string Text { get; init; }

    public JsonArray? Blocks { get; init; }

    public SlackMetadata? Metadata { get; init; }
}
