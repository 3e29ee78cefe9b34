using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Whether two answers are the same but for what may differ. Pure.</summary>
internal static class AnswerComparison
{
    private const int MaximumShown = 60;

    /// <summary>Where and how they differ, for people; null where they are the same.</summary>
    /// <param name="first">The first answer.</param>
    /// <param name="second">The second answer.</param>
    /// <param name="ignored">Dotted paths of what may differ; <c>*</c> stands for every item or name.</param>
    /// <param name="sent">Masks what must not be shown.</param>
    public static string? DifferenceOf(OutboundAnswer first, OutboundAnswer second, IReadOnlyList<string> ignored, SentHeaders sent)
    {
        if (first.Status != second.Status) return $"the first was {first.Status}, the second {second.Status}";
        if (OutboundRequests.ParseJson(first.Body) is not { } one || OutboundRequests.ParseJson(second.Body) is not { } two)
            return first.Body.AsSpan().SequenceEqual(second.Body) ? null : $"their bodies of {first.Body.Length} and {second.Body.Length} bytes differ";
        return DifferenceOf(Without(sent.Mask(one), ignored), Without(sent.Mask(two), ignored), "");
    }

    /// <summary>The same for all answers that are the same.</summary>
    public static string DigestOf(OutboundAnswer answer, IReadOnlyList<string> ignored)
    {
        var body = OutboundRequests.ParseJson(answer.Body) is { } json ? JsonSerializer.SerializeToUtf8Bytes(Without(json, ignored)) : answer.Body;
        return Convert.ToHexStringLower(SHA256.HashData(body));
    }

    private static JsonNode? Without(JsonElement body, IReadOnlyList<string> ignored)
    {
        var node = JsonSerializer.SerializeToNode(body);
        foreach (var path in ignored) Remove(node, path.Split('.', StringSplitOptions.RemoveEmptyEntries));
        return node;
    }

    private static void Remove(JsonNode? from, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || from is null) return;
        var name = path[0];
        var rest = path[1..];
        if (from is JsonObject map)
        {
            foreach (var key in map.Select(pair => pair.Key).Where(key => name == "*" || key == name).ToList())
            {
                if (rest.IsEmpty) map.Remove(key);
                else Remove(map[key], rest);
            }
        }
        else if (from is JsonArray list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                if (name != "*" && name != index.ToString(CultureInfo.InvariantCulture)) continue;
                // An item keeps its place, so that the paths of the others stay right.
                if (rest.IsEmpty) list[index] = null;
                else Remove(list[index], rest);
            }
        }
    }

    private static string? DifferenceOf(JsonNode? first, JsonNode? second, string at)
    {
        if (JsonNode.DeepEquals(first, second)) return null;
        if (first is JsonObject one && second is JsonObject two)
        {
            return one.Select(pair => pair.Key).Union(two.Select(pair => pair.Key))
                .Select(name => !one.ContainsKey(name) ? $"'{Below(at, name)}' is only in the second"
                    : !two.ContainsKey(name) ? $"'{Below(at, name)}' is only in the first"
                    : DifferenceOf(one[name], two[name], Below(at, name)))
                .FirstOrDefault(found => found is not null);
        }

        if (first is JsonArray left && second is JsonArray right && left.Count == right.Count)
        {
            return Enumerable.Range(0, left.Count)
                .Select(index => DifferenceOf(left[index], right[index], Below(at, index.ToString(CultureInfo.InvariantCulture))))
                .FirstOrDefault(found => found is not null);
        }

        return $"{(at.Length == 0 ? "the body" : $"'{at}'")} was {Shown(first)}, then {Shown(second)}";
    }

    private static string Below(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    private static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= MaximumShown ? text : $"{text[..MaximumShown]}…";
    }
}
