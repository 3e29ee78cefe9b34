using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A gate's value.</summary>
/// <param name="Value">What it means.</param>
/// <param name="Written">How it is written, so that what is put back is what was there to the letter.</param>
internal sealed record GateValue(JsonElement Value, string Written)
{
    /// <summary>The gates of an effect's value; null for one that is not in its file.</summary>
    public static Dictionary<string, GateValue?> Map(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.Deserialize<Dictionary<string, GateValue?>>(JsonSerializerOptions.Web)! : [];

    public static JsonElement ToJson(Dictionary<string, GateValue?> gates) =>
        JsonSerializer.SerializeToElement(new SortedDictionary<string, GateValue?>(gates, StringComparer.Ordinal), JsonSerializerOptions.Web);

    public static bool Same(GateValue? one, GateValue? other) =>
        one is null || other is null ? one is null && other is null : JsonElement.DeepEquals(one.Value, other.Value);
}
