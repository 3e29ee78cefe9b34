using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>A message that one person sees.</summary>
public sealed record SlackEphemeral
{
    public required string Channel { get; init; }

    /// <summary>The person's Slack id, such as <c>U012AB3CD</c>.</summary>
    public required string User { get; init; }

    public required string Text { get; init; }

    /// <summary>The thread in which it is shown; null: in the channel.</summary>
    public string? Thread { get; init; }

    public JsonArray? Blocks { get; init; }
}
