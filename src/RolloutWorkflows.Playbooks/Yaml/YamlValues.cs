using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>What plain scalars mean, by YAML 1.2's core rules: <c>yes</c>, <c>on</c> and dates are texts.</summary>
internal static partial class YamlValues
{
    public static bool TryBoolean(YamlScalar scalar, out bool value)
    {
        value = scalar.Text is "true" or "True" or "TRUE";
        return scalar.IsPlain && (value || scalar.Text is "false" or "False" or "FALSE");
    }

    public static bool TryNumber(YamlScalar scalar, out double value)
    {
        value = 0;
        return scalar.IsPlain
            && Number().IsMatch(scalar.Text)
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    public static bool TryInteger(YamlScalar scalar, out int value)
    {
        value = 0;
        return scalar.IsPlain && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryLong(YamlScalar scalar, out long value)
    {
        value = 0;
        return scalar.IsPlain
            && Number().IsMatch(scalar.Text)
            && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The node as JSON, with numbers and booleans typed, or every scalar as the text that stands in the file.</summary>
    public static JsonElement ToJson(YamlNode node, bool asText = false) => JsonSerializer.SerializeToElement(ToNode(node, asText));

    private static JsonNode? ToNode(YamlNode node, bool asText) => node switch
    {
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar when asText => JsonValue.Create(scalar.Text),
        YamlScalar scalar when TryBoolean(scalar, out var boolean) => JsonValue.Create(boolean),
        YamlScalar scalar when TryLong(scalar, out var integer) => JsonValue.Create(integer),
        YamlScalar scalar when TryNumber(scalar, out var number) => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(item => ToNode(item, asText))]),
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Name, ToNode(entry.Value, asText)))),
        _ => throw new InvalidOperationException($"Bug in RolloutWorkflows: no rule writes {node.GetType().Name} as JSON, please report"),
    };

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
