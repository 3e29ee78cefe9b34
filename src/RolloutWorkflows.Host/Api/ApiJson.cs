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

    /// <summary>Makes options of another the same as <see cref="Options"/>, such as those that a description of this API is made by.</summary>
    internal static void Apply(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // A metric may honestly be NaN.
        options.NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new AbsentElementConverter());
    }

    private static JsonSerializerOptions Create(bool strict)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
        };
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
