using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A message as it stands in Slack, newest version.</summary>
public sealed record FakeSlackMessage
{
    public required string Channel { get; init; }

    public required string Ts { get; init; }

    /// <summary>The thread it was posted into; null: the channel itself.</summary>
    public string? Thread { get; init; }

    /// <summary>Shown in the channel as well.</summary>
    public bool Broadcast { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string User { get; init; }

    /// <summary>Set where a bot posted it.</summary>
    public string? BotId { get; init; }

    public string Text { get; init; } = "";

    public JsonArray? Blocks { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>How often it was rewritten.</summary>
    public int Edits { get; init; }

    /// <summary>Everything a person reads: its text where it has no blocks, otherwise the texts of all blocks, line by line.</summary>
    public string Shown => Blocks is null ? Text : string.Join('\n', Texts(Blocks));

    /// <summary>The action ids of its buttons, in order.</summary>
    public IReadOnlyList<string> Buttons => [.. Elements("button").Select(button => (string)button["action_id"]!)];

    internal JsonObject? Button(string actionId) => Elements("button").FirstOrDefault(button => (string?)button["action_id"] == actionId);

    internal string? BlockOf(string actionId) => (string?)Blocks!.OfType<JsonObject>()
        .FirstOrDefault(block => block["elements"] is JsonArray elements && elements.OfType<JsonObject>().Any(element => (string?)element["action_id"] == actionId))?["block_id"];

    private IEnumerable<JsonObject> Elements(string type) => (Blocks ?? []).OfType<JsonObject>()
        .SelectMany(block => block["elements"] is JsonArray elements ? elements.OfType<JsonObject>() : [])
        .Where(element => (string?)element["type"] == type);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject block when block["type"] is JsonValue type && (string?)type is "mrkdwn" or "plain_text" => [(string)block["text"]!],
        JsonObject block => block.SelectMany(pair => Texts(pair.Value)),
        _ => [],
    };
}
