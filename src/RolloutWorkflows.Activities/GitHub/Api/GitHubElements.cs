using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Reads members of GitHub's objects. What is missing or of another kind is an <see cref="InvalidOperationException"/> or <see cref="KeyNotFoundException"/>, which the client turns into a broken answer.</summary>
internal static class GitHubElements
{
    public static string Text(this JsonElement item, string name) => item.GetProperty(name).GetString() ?? throw new InvalidOperationException($"{name} is null");

    public static string? TextOrNull(this JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long Long(this JsonElement item, string name) => item.GetProperty(name).GetInt64();

    public static long? LongOrNull(this JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    public static bool Flag(this JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static DateTimeOffset Moment(this JsonElement item, string name) => item.GetProperty(name).GetDateTimeOffset();

    public static DateTimeOffset? MomentOrNull(this JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;
}
