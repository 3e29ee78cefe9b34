using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The one way in which JSON is written and read on the wire: camelCase, enums as camelCase words, durations as <c>d.hh:mm:ss</c>.</summary>
public static class ApiJson
{
    /// <summary>For what the server sends and a client reads: unknown members are passed over, so that clients survive upgrades.</summary>
    public static JsonSerializerOptions Options { get; } = Create(strict: false);

    /// <summary>For what the server is told: an unknown member is an error, since a misspelt one would be ignored in silence.</summary>
    internal static JsonSerializerOptions Strict { get; } = Create(strict: true);

    private static JsonSerializerOptions Create(bool strict)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // A metric may honestly be NaN.
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new AbsentElementConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
