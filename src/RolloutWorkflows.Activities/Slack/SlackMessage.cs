using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>A message to a channel. Its texts are escaped by whoever makes it: see <see cref="SlackText"/>.</summary>
public sealed record SlackMessage
{
    /// <summary>The channel's id, such as <c>C0ROLLOUT</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>What notifications and screen readers show; the whole message where there are no blocks.</summary>
    public required string Text { get; init; }

    /// <summary>The <c>ts</c> of the message whose thread it belongs to; null: a message of its own.</summary>
    public string? Thread { get; init; }

    /// <summary>True: a reply that is shown in the channel as well.</summary>
    public bool Broadcast { get; init; }

    public JsonArray? Blocks { get; init; }

    public SlackMetadata? Metadata { get; init; }
}
