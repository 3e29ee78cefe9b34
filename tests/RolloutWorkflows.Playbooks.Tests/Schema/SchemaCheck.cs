using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>As much of JSON Schema 2020-12 as the generated schema uses; an unknown keyword fails the test instead of being skipped.</summary>
internal sealed class SchemaCheck
{
    private readonly JsonNode _root;

    private SchemaCheck(JsonNode root) => _root = root;

    /// <summary>The paths of all values that do not fit.</summary>
    public static List<string> Run(JsonNode schema, JsonNode? value) => [.. new SchemaCheck(schema).Check(schema, value, "").Distinct()];

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string path)
    {
        if (schema.GetValueKind() == JsonValueKind.False) return [path];
        return schema.AsObject().SelectMany(keyword => Check(keyword.Key, keyword.Value!, schema.AsObject(), value, path));
    }

    private IEnumerable<string> Check(string keyword, JsonNode rule, JsonObject schema, JsonNode? value, string path)
    {
        switch (keyword)
        {
            case "$schema" or "$defs" or "title" or "description" or "default" or "then":
                return [];
            case "$ref":
                return Check(_root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!, value, path);
            case "allOf":
                return rule.AsArray().SelectMany(each => Check(each!, value, path));
            case "anyOf":
                return rule.AsArray().Any(each => !Check(each!, value, path).Any()) ? [] : [path];
            case "oneOf":
                return rule.AsArray().Count(each => !Check(each!, value, path).Any()) == 1 ? [] : [path];
            case "not":
                return Check(rule, value, path).Any() ? [] : [path];
            case "if":
                return Check(rule, value, path).Any() ? [] : Check(schema["then"]!, value, path);
            case "const":
                return JsonNode.DeepEquals(rule, value) ? [] : [path];
            case "enum":
                return rule.AsArray().Any(each => JsonNode.DeepEquals(each, value)) ? [] : [path];
            default:
                return CheckValue(keyword, rule, schema, value, path);
        }
    }

    private IEnumerable<string> CheckValue(string keyword, JsonNode rule, JsonObject schema, JsonNode? value, string path)
    {
        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        var number = value?.GetValueKind() == JsonValueKind.Number ? value.Deserialize<double>() : (double?)null;
        return keyword switch
        {
            "type" => (rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()]).Any(type => HasType(type, value)) ? [] : [path],
            "pattern" => text is null || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript) ? [] : [path],
            "minimum" => number is null || number >= rule.Deserialize<double>() ? [] : [path],
            "maximum" => number is null || number <= rule.Deserialize<double>() ? [] : [path],
            "minItems" => value is not JsonArray list || list.Count >= rule.GetValue<int>() ? [] : [path],
            "items" => value is JsonArray list ? list.SelectMany((item, index) => Check(rule, item, $"{path}[{index}]")) : [],
            "required" => value is JsonObject map ? rule.AsArray().Where(name => !map.ContainsKey(name!.GetValue<string>())).Select(_ => path) : [],
            "properties" => value is JsonObject map ? rule.AsObject().Where(property => map.ContainsKey(property.Key)).SelectMany(property => Check(property.Value!, map[property.Key], Join(path, property.Key))) : [],
            "additionalProperties" => value is JsonObject map ? map.Where(entry => schema["properties"]?[entry.Key] is null).SelectMany(entry => Check(rule, entry.Value, Join(path, entry.Key))) : [],
            "propertyNames" => value is JsonObject map ? map.SelectMany(entry => Check(rule, JsonValue.Create(entry.Key), Join(path, entry.Key))) : [],
            _ => throw new InvalidOperationException($"The schema uses '{keyword}', which this check does not know; add it."),
        };
    }

    private static bool HasType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && value.Deserialize<double>() % 1 == 0,
        _ => value?.GetValueKind() == JsonValueKind.Number,
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
