using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Finds a number in a JSON document by a dotted path such as <c>ops.errorRate</c>, <c>shards.0.lag</c> or <c>shards[0].lag</c>.</summary>
internal static class JsonPath
{
    /// <summary>The number; no data where it is missing or null; an error where something else stands there.</summary>
    public static MetricReading Number(JsonElement root, string path)
    {
        var found = root;
        foreach (var name in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryStep(found, name, out found)) return MetricReading.NoData($"the answer has no '{path}'");
        }

        return found.ValueKind switch
        {
            JsonValueKind.Null => MetricReading.NoData($"'{path}' is null"),
            JsonValueKind.Number => MetricReading.Of(found.GetDouble()),
            // Sources that have no other way to write it put NaN, and some put all numbers, into texts.
            JsonValueKind.String when double.TryParse(found.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => MetricReading.Of(number),
            _ => MetricReading.Error($"'{path}' is not a number"),
        };
    }

    private static bool TryStep(JsonElement from, string name, out JsonElement found)
    {
        found = default;
        if (from.ValueKind == JsonValueKind.Object) return from.TryGetProperty(name, out found);
        if (from.ValueKind != JsonValueKind.Array || !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= from.GetArrayLength()) return false;
        found = from[index];
        return true;
    }
}
