using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>
/// Stores the properties of a failure as JSON and reads them back: text, booleans, times, lists, dictionaries and
/// null keep their kind, every number becomes a <see cref="double"/>, anything else becomes its text.
/// </summary>
internal static class FailureProperties
{
    private const string TimeMarker = "$time";

    // Deeper values are kept as text: data that refers to itself has no end.
    private const int MaxLevels = 8;

    public static Dictionary<string, JsonElement> Store(IDictionary<string, object?> properties) =>
        properties.ToDictionary(entry => entry.Key, entry => ToElement(entry.Value));

    public static Dictionary<string, object?> Read(IReadOnlyDictionary<string, JsonElement> stored) =>
        stored.ToDictionary(entry => entry.Key, entry => ToValue(entry.Value));

    private static JsonElement ToElement(object? value)
    {
        JsonNode? node;
        try
        {
            node = ToNode(value, MaxLevels);
        }
        catch (Exception error)
        {
            // The failure that these properties describe matters more than they do.
            node = JsonValue.Create($"(could not be recorded: {error.GetType()})");
        }

        return JsonSerializer.SerializeToElement(node, HistoryJson.Default.JsonNode);
    }

    private static JsonNode? ToNode(object? value, int levels) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        DateTime time => new JsonObject { [TimeMarker] = time },
        DateTimeOffset time => new JsonObject { [TimeMarker] = time },
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            ToNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IDictionary map when levels > 0 => ToObject(map, levels - 1),
        IEnumerable list when levels > 0 => new JsonArray([.. list.Cast<object?>().Select(item => ToNode(item, levels - 1))]),
        _ => JsonValue.Create(value.ToString()),
    };

    // JSON has no word for what is not finite.
    private static JsonValue ToNumber(double number) =>
        double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    private static JsonObject ToObject(IDictionary map, int levels)
    {
        JsonObject result = [];
        foreach (DictionaryEntry entry in map)
            result[entry.Key.ToString()!] = ToNode(entry.Value, levels);
        return result;
    }

    private static object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(ToValue).ToList(),
        JsonValueKind.Object when element.TryGetProperty(TimeMarker, out JsonElement time) => ToTime(time),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(property => property.Name, property => ToValue(property.Value)),
        _ => null,
    };

    private static object ToTime(JsonElement time) =>
        // A time with an offset other than Z was a DateTimeOffset; a DateTime is written without one, or with Z.
        // The cast keeps the two kinds apart: without it the expression would turn a DateTime into a DateTimeOffset.
        time.GetString()!.AsSpan(10).IndexOfAny('+', '-') >= 0 ? (object)time.GetDateTimeOffset() : time.GetDateTime();
}
