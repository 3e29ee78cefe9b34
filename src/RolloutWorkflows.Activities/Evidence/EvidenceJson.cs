using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Activities;

/// <summary>How evidence is written: camelCase names, enums by name, absent values left out, then <see cref="CanonicalJson"/>. Pure.</summary>
internal static class EvidenceJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write<T>(T value) => CanonicalJson.Write(Exactly(JsonSerializer.SerializeToElement(value, Options)));

    /// <summary>SHA-256 in lower-case hex, as <c>sha256sum</c> prints it.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A whole number that doubles cannot hold becomes a text: evidence never rounds what somebody wrote.</summary>
    private static JsonElement Exactly(JsonElement value) => HasBigNumber(value) ? JsonSerializer.SerializeToElement(WithoutBigNumbers(value)) : value;

    private static bool HasBigNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(property => HasBigNumber(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasBigNumber),
        JsonValueKind.Number => IsBig(value),
        _ => false,
    };

    private static object? WithoutBigNumbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(property => property.Name, property => WithoutBigNumbers(property.Value), StringComparer.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Select(WithoutBigNumbers).ToList(),
        JsonValueKind.Number when IsBig(value) => value.GetRawText(),
        _ => value,
    };

    private static bool IsBig(JsonElement number) => !double.IsFinite(number.GetDouble()) || (!number.TryGetInt32(out _) && Math.Abs(number.GetDouble()) > 9_007_199_254_740_991);
}
