using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks.Expressions;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks.Inputs;

/// <summary>What values an input accepts.</summary>
internal static class InputValues
{
    /// <summary>What is wrong with the value, as the rest of a sentence that starts with the input's name.</summary>
    public static IEnumerable<string> Check(InputDefinition definition, JsonElement value)
    {
        if (definition.Type != InputType.List) return CheckSingle(definition, definition.Type, value);
        if (value.ValueKind != JsonValueKind.Array) return [$"has the wrong type; expected {Expectation(definition)}, got {Show(value)}"];
        var items = value.EnumerateArray().ToList();
        var problems = items.SelectMany((item, index) => CheckSingle(definition, definition.Items ?? InputType.String, item).Select(text => $"item {index + 1} {text}")).ToList();
        if (items.Count < definition.MinItems) problems.Insert(0, $"has too few items; expected at least {definition.MinItems}, got {items.Count}");
        if (items.Count > definition.MaxItems) problems.Insert(0, $"has too many items; expected at most {definition.MaxItems}, got {items.Count}");
        return problems;
    }

    /// <summary>What the input accepts, for error texts.</summary>
    public static string Expectation(InputDefinition definition) => definition.Type switch
    {
        InputType.List => $"a list{Bounds(definition.MinItems, definition.MaxItems, " items")}, each {Noun(definition.Items ?? InputType.String)}",
        InputType.Enum => Wording.AnyOf(definition.Values),
        _ => Noun(definition.Type),
    };

    /// <summary>False for a pattern that was refused with the grammar.</summary>
    public static bool IsPattern(string pattern)
    {
        try
        {
            _ = Whole(pattern);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    public static JsonElement FromText(InputDefinition definition, string text) => definition.Type switch
    {
        InputType.List when text.StartsWith('[') && TryJson(text, out var json) => json,
        InputType.List => JsonSerializer.SerializeToElement(new JsonArray(
            [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => JsonNode.Parse(Single(definition.Items ?? InputType.String, item).GetRawText()))])),
        _ => Single(definition.Type, text),
    };

    private static JsonElement Single(InputType type, string text) => type switch
    {
        InputType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        InputType.Boolean when text is "true" or "false" => JsonSerializer.SerializeToElement(text == "true"),
        _ => JsonSerializer.SerializeToElement(text),
    };

    private static IEnumerable<string> CheckSingle(InputDefinition definition, InputType type, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && ExpressionText.HasExpression(value.GetString()!))
        {
            return [$"holds an expression; expected a plain value, got {Show(value)}"];
        }

        return type switch
        {
            InputType.Number => CheckNumber(definition, value),
            InputType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [Wrong(type, value)],
            InputType.Duration => value.ValueKind == JsonValueKind.String && PlaybookDuration.TryParse(value.GetString(), out _) ? [] : [Wrong(type, value)],
            InputType.Enum => CheckEnum(definition, value),
            _ => CheckText(definition, value),
        };
    }

    private static IEnumerable<string> CheckNumber(InputDefinition definition, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) return [Wrong(InputType.Number, value)];
        var number = value.GetDouble();
        return number < definition.Minimum || number > definition.Maximum
            ? [$"is out of range; expected a number{Bounds(definition.Minimum, definition.Maximum, "")}, got {Show(value)}"]
            : [];
    }

    private static IEnumerable<string> CheckEnum(InputDefinition definition, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return [$"has the wrong type; expected {Wording.AnyOf(definition.Values)}, got {Show(value)}"];
        var text = value.GetString()!;
        return definition.Values.Contains(text)
            ? []
            : [$"has an unknown value; expected {Wording.AnyOf(definition.Values)}, got {Show(value)}{Suggestion.For(text, definition.Values)}"];
    }

    private static IEnumerable<string> CheckText(InputDefinition definition, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return [Wrong(InputType.String, value)];
        if (definition.Pattern is not { } pattern) return [];
        return Whole(pattern).IsMatch(value.GetString()!) ? [] : [$"does not match; expected the pattern {pattern}, got {Show(value)}"];
    }

    private static Regex Whole(string pattern) => new($@"^(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static string Wrong(InputType type, JsonElement value) => $"has the wrong type; expected {Noun(type)}, got {Show(value)}";

    private static string Noun(InputType type) => type switch
    {
        InputType.Number => "a number",
        InputType.Boolean => "true or false",
        InputType.Duration => PlaybookDuration.Expectation,
        _ => "text",
    };

    private static string Bounds(double? least, double? most, string unit) => (least, most) switch
    {
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $" from {from} to {to}{unit}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $" from {from}{unit}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $" up to {to}{unit}"),
        _ => "",
    };

    private static string Show(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) return "a mapping";
        if (value.ValueKind == JsonValueKind.Array) return "a list";
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return $"'{(text.Length > 60 ? text[..59] + "…" : text)}'";
    }

    private static bool TryJson(string text, out JsonElement json)
    {
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(text);
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }
}
