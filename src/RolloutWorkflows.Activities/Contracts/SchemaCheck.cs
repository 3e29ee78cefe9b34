using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>Whether a value is what a schema says. Formats and the rarer keywords are not looked at. Pure.</summary>
internal static class SchemaCheck
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The first thing that is wrong, with the value's JSON pointer; null where it fits.</summary>
    public static string? ProblemOf(JsonElement value, IReadOnlyList<ContractNode> schema, string at = "#")
    {
        var view = SchemaView.Of(schema);
        var problems = view.Alternatives(byType: false).Select(alternative => ProblemOf(value, alternative, at)).ToList();
        if (problems.Contains(null)) return null;
        return problems is [var only] ? only : $"{at}: expected one of {problems.Count} alternatives, got {Shown(value)}, which is none of them";
    }

    private static string? ProblemOf(JsonElement value, SchemaView view, string at)
    {
        var type = TypeOf(value);
        if (view.Never || !view.Types.Contains(type)) return $"{at}: expected {SchemaComparison.TypesOf(view)}, got {Shown(value)}";
        if (view.Values is { } values && !values.Contains(SchemaView.Canonical(value))) return $"{at}: expected one of {string.Join(", ", values.Take(10))}, got {Shown(value)}";
        return type switch
        {
            "object" => ProblemOfObject(value, view, at),
            "array" => ProblemOfArray(value, view, at),
            "string" => OutOfBounds(view, "Length", new StringInfo(value.GetString()!).LengthInTextElements, at) ?? ProblemOfPattern(value.GetString()!, view, at),
            "number" or "integer" => OutOfBounds(view, "", value.GetDouble(), at),
            _ => null,
        };
    }

    private static string? ProblemOfObject(JsonElement value, SchemaView view, string at)
    {
        var names = new HashSet<string>(value.EnumerateObject().Select(property => property.Name));
        var missing = view.Required.FirstOrDefault(name => !names.Contains(name) && !(view.Properties.TryGetValue(name, out var nodes) && SchemaView.Of(nodes).WriteOnly));
        if (missing is not null) return $"{at}: expected the property '{missing}', got none";
        foreach (var property in value.EnumerateObject())
        {
            var below = $"{at}/{property.Name}";
            var problem = view.Properties.TryGetValue(property.Name, out var nodes) ? ProblemOf(property.Value, nodes, below)
                : view.IsClosed ? $"{below}: expected no such property, got {Shown(property.Value)}"
                : view.Others.Count > 0 ? ProblemOf(property.Value, view.Others, below)
                : null;
            if (problem is not null) return problem;
        }

        return OutOfBounds(view, "Properties", names.Count, at);
    }

    private static string? ProblemOfArray(JsonElement value, SchemaView view, string at) =>
        OutOfBounds(view, "Items", value.GetArrayLength(), at)
        ?? (view.Items.Count == 0 ? null : value.EnumerateArray().Select((item, index) => ProblemOf(item, view.Items, $"{at}/{index}")).FirstOrDefault(problem => problem is not null));

    private static string? OutOfBounds(SchemaView view, string what, double number, string at)
    {
        var (lower, upper) = what.Length == 0 ? ("minimum", "maximum") : ($"min{what}", $"max{what}");
        foreach (var (keyword, bound) in view.Bounds)
        {
            var holds = keyword == lower ? number >= bound
                : keyword == upper ? number <= bound
                : what.Length > 0 || (keyword == "exclusiveMinimum" ? number > bound : keyword != "exclusiveMaximum" || number < bound);
            if (!holds) return string.Create(CultureInfo.InvariantCulture, $"{at}: expected {keyword} {bound}, got {number}");
        }

        return null;
    }

    private static string? ProblemOfPattern(string text, SchemaView view, string at)
    {
        if (!view.AsWritten.TryGetValue("pattern", out var written)) return null;
        try
        {
            // Patterns come from the operator's own file, yet a slow one must not stop a worker.
            return Regex.IsMatch(text, JsonSerializer.Deserialize<string>(written)!, RegexOptions.ECMAScript, PatternTime) ? null : $"{at}: expected a text like {written}, got another";
        }
        catch (Exception unusable) when (unusable is ArgumentException or RegexMatchTimeoutException or JsonException)
        {
            return null;
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => double.IsInteger(value.GetDouble()) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Shown(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? TypeOf(value) : $"the {TypeOf(value)} {Shortened(value.GetRawText())}";

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
