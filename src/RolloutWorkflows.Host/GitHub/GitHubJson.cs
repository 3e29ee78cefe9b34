using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads what GitHub delivers, leniently: what is absent or of another kind is null, since GitHub adds and changes members as it likes. Pure.</summary>
internal static class GitHubJson
{
    /// <summary>Deeper than anything GitHub sends.</summary>
    public const int MaximumDepth = 64;

    /// <exception cref="ProblemException">400: it is not a JSON object, or too deep.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            var root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaximumDepth }).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : throw GitHubProblems.Odd("its payload is not a JSON object");
        }
        catch (JsonException)
        {
            throw GitHubProblems.Odd($"its payload is not JSON, or nested deeper than {MaximumDepth} levels");
        }
    }

    public static JsonElement? Object(JsonElement parent, params ReadOnlySpan<string> path) => At(parent, path) is { ValueKind: JsonValueKind.Object } found ? found : null;

    public static string? Text(JsonElement parent, params ReadOnlySpan<string> path)
    {
        if (At(parent, path) is not { ValueKind: JsonValueKind.String } found) return null;
        try
        {
            return found.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    public static long? Number(JsonElement parent, params ReadOnlySpan<string> path) =>
        At(parent, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Moment(JsonElement parent, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(Text(parent, path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    /// <summary>An account; null where its number or its kind is missing.</summary>
    public static GitHubUser? User(JsonElement parent, params ReadOnlySpan<string> path) =>
        Object(parent, path) is { } user && Number(user, "id") is { } id && Text(user, "type") is { } type ? new GitHubUser(id, Text(user, "login") ?? "", type) : null;

    private static JsonElement? At(JsonElement parent, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var child)) return null;
            parent = child;
        }

        return parent;
    }
}
