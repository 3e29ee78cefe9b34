using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Playbooks;

/// <summary>How the model is written as JSON, when a run pins its playbook or a host shows it.</summary>
public static class PlaybookJson
{
    /// <summary>camelCase names, enums by name, absent values left out. Read-only and shared.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
