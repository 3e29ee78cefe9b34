using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>An answer by a <c>response_url</c>.</summary>
public sealed record SlackResponse
{
    public required string Text { get; init; }

    public JsonArray? Blocks { get; init; }

    /// <summary>True: everybody in the channel sees it; default: only the person who clicked or wrote.</summary>
    public bool InChannel { get; init; }

    /// <summary>True: it takes the place of the message that was clicked.</summary>
    public bool ReplaceOriginal { get; init; }

    /// <summary>The thread that it belongs to; null: none.</summary>
    public string? Thread { get; init; }
}
