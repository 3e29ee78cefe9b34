using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks.Expressions;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// Replaces <c>${{ }}</c> expressions by their values. An expression that is the whole text keeps its value's type;
/// inside a text, values are written as people read them, and lists are joined by commas. <c>${{ secrets.NAME }}</c>
/// stays as it is: only the activity that sends it resolves it. A value that holds an expression of its own is refused,
/// so that whoever sets an input cannot smuggle in a secret's name. Pure, hence safe in replay.
/// </summary>
public static class ExpressionResolver
{
    /// <summary>Resolves a step's configuration. Throws <see cref="ExpressionException"/> for the first reference without a value.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Resolve(IReadOnlyDictionary<string, JsonElement> with, ExpressionScope scope) =>
        with.ToDictionary(pair => pair.Key, pair => Resolve(pair.Value, scope));

    /// <summary>Resolves every text in a JSON tree.</summary>
    public static JsonElement Resolve(JsonElement value, ExpressionScope scope) =>
        ReferencesIn(value).Any() ? JsonSerializer.SerializeToElement(ResolveNode(value, scope)) : value;

    /// <summary>Resolves a text to a text.</summary>
    public static string ResolveText(string text, ExpressionScope scope)
    {
        if (!ExpressionText.HasExpression(text)) return text;
        var result = new StringBuilder();
        foreach (var part in ExpressionText.Split(text))
        {
            if (!part.IsExpression) result.Append(part.Text);
            else result.Append(LookUp(part.Text, scope) is { } value ? Display(value) : Keep(part));
        }

        return result.ToString();
    }

    /// <summary>Puts the values of secrets into a text from which everything else is resolved. Only for the activity that sends it.</summary>
    public static string ResolveSecrets(string text, IReadOnlyDictionary<string, string> secrets)
    {
        if (!ExpressionText.HasExpression(text)) return text;
        return string.Concat(ExpressionText.Split(text).Select(part =>
            !part.IsExpression ? part.Text
            : Parse(part.Text) is { Kind: ReferenceKind.Secret } secret && secrets.TryGetValue(secret.Name, out var value) ? value
            : throw new ExpressionException($"'{part.Text}' has no value where it is sent", part.Text)));
    }

    /// <summary>Every reference in a JSON tree, in order. Throws <see cref="ExpressionException"/> where one cannot be read.</summary>
    public static IEnumerable<ExpressionReference> ReferencesIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ReferencesIn(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(ReferencesIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => ReferencesIn(property.Value)),
        _ => [],
    };

    /// <summary>Every reference in a text, in order. Throws <see cref="ExpressionException"/> where one cannot be read.</summary>
    public static IEnumerable<ExpressionReference> ReferencesIn(string text) =>
        ExpressionText.HasExpression(text)
            ? ExpressionText.Split(text).Where(part => part.IsExpression).Select(part => Parse(part.Text))
            : [];

    private static JsonNode? ResolveNode(JsonElement value, ExpressionScope scope) => value.ValueKind switch
    {
        JsonValueKind.String => ResolveWhole(value.GetString()!, scope),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => ResolveNode(item, scope))]),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, ResolveNode(property.Value, scope)))),
        _ => ToNode(value),
    };

    private static JsonNode? ResolveWhole(string text, ExpressionScope scope)
    {
        if (!ExpressionText.HasExpression(text)) return JsonValue.Create(text);
        var parts = ExpressionText.Split(text).ToList();
        return parts is [{ IsExpression: true } only]
            ? LookUp(only.Text, scope) is { } value ? ToNode(value) : JsonValue.Create(text)
            : JsonValue.Create(ResolveText(text, scope));
    }

    /// <summary>The value, or null for a secret, which stays.</summary>
    private static JsonElement? LookUp(string text, ExpressionScope scope)
    {
        var reference = Parse(text);
        if (reference.Kind == ReferenceKind.Secret) return null;
        var value = scope.LookUp(reference);
        if (TextsIn(value).Any(ExpressionText.HasExpression))
        {
            throw new ExpressionException($"the value of '{reference}' holds an expression of its own ({ExpressionText.Opening} … }}}}); expected plain text", text);
        }

        return value;
    }

    private static IEnumerable<string> TextsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => TextsIn(property.Value).Prepend(property.Name)),
        _ => [],
    };

    private static ExpressionReference Parse(string text) =>
        ExpressionReference.TryParse(text, out var reference, out var error) ? reference : throw new ExpressionException(error, text);

    private static string Keep(TextPart part) => $"{ExpressionText.Opening} {part.Text} }}}}";

    private static string Display(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Display)),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    private static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };
}
