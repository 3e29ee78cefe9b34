using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Host;

/// <summary>Reads one settings file as Azure Functions does: JSON with comments and trailing commas.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file's object; null where there is no such file or it is unusable, which adds a problem.</summary>
    public static JsonObject? Read(string path, List<string> problems)
    {
        if (!File.Exists(path)) return null;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path), new JsonNodeOptions { PropertyNameCaseInsensitive = true }, Options) is JsonObject root) return root;
            problems.Add($"{path}: expected a JSON object at the top; write {{ \"version\": \"2.0\" }} to start from nothing.");
        }
        catch (JsonException error)
        {
            problems.Add($"{path}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}: this is not JSON: {error.Message.Split(" LineNumber")[0]}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {error.Message}");
        }

        return null;
    }
}
