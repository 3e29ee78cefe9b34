using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Headers with their secrets in them.</summary>
internal sealed class SentHeaders(IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> secrets)
{
    private const string Masked = "***";

    /// <summary>Name to value, as it is sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>An answer of the other side with every secret in its texts masked, since some services answer with what they were sent.</summary>
    public JsonElement Mask(JsonElement answer) => secrets.Count == 0 ? answer : JsonSerializer.SerializeToElement(MaskNode(answer));

    private JsonNode? MaskNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(MaskText(value.GetString()!)),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(MaskNode)]),
        JsonValueKind.Object => MaskObject(value),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };

    private JsonObject MaskObject(JsonElement value)
    {
        var masked = new JsonObject();
        // A name may stand twice, or once it is masked: the last one counts, as for every reader of JSON.
        foreach (var property in value.EnumerateObject()) masked[MaskText(property.Name)] = MaskNode(property.Value);
        return masked;
    }

    /// <summary>A text of the other side with every secret masked.</summary>
    // Longest first: a secret may be the beginning of another.
    public string MaskText(string text) =>
        secrets.OrderByDescending(secret => secret.Length).Aggregate(text, (masked, secret) => masked.Replace(secret, Masked, StringComparison.Ordinal));
}
