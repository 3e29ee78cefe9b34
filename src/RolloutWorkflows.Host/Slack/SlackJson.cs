using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host;

/// <summary>Reads values of Slack's payloads: absent is null, another type than Slack documents is refused. Pure.</summary>
internal static partial class SlackJson
{
    private const int MaximumDepth = 64;

    /// <summary>An object that is nested no deeper than Slack's are.</summary>
    /// <exception cref="ProblemException">400: it is none.</exception>
    public static JsonElement Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw SlackProblems.Odd("its payload is JSON, but no object");
        }
        catch (JsonException)
        {
            throw SlackProblems.Odd($"its payload is not JSON, or nested deeper than {MaximumDepth} levels");
        }
    }

    /// <summary>The object under a name; null: there is none.</summary>
    public static JsonElement? Object(JsonElement? parent, string name) => Value(parent, name, JsonValueKind.Object, "an object");

    /// <summary>The list under a name; null: there is none.</summary>
    public static JsonElement? List(JsonElement? parent, string name) => Value(parent, name, JsonValueKind.Array, "a list");

    /// <summary>The text under a name; null: there is none.</summary>
    public static string? Text(JsonElement? parent, string name)
    {
        try
        {
            return Value(parent, name, JsonValueKind.String, "a text")?.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            throw SlackProblems.Odd($"'{name}' holds half a character");
        }
    }

    /// <summary>An id of Slack's, such as <c>T012AB3CD</c>; null: there is none.</summary>
    public static string? Id(JsonElement? parent, string name) => CheckId(Text(parent, name), name);

    /// <summary>The same id, where it has the form of one.</summary>
    public static string? CheckId(string? id, string name) =>
        string.IsNullOrEmpty(id) ? null : IdForm().IsMatch(id) ? id : throw SlackProblems.Odd($"'{name}' is not an id of Slack");

    public static T Require<T>(T? value, string name)
        where T : class => value ?? throw SlackProblems.Odd($"'{name}' is missing");

    private static JsonElement? Value(JsonElement? parent, string name, JsonValueKind kind, string expected)
    {
        if (parent is not { } element || !element.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return null;
        return value.ValueKind == kind ? value : throw SlackProblems.Odd($"'{name}' is {value.ValueKind.ToString().ToLowerInvariant()}; expected {expected}");
    }

    [GeneratedRegex("^[A-Z0-9]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
