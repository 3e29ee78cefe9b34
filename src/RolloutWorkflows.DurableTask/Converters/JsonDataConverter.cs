using System.Text.Json;

namespace RolloutWorkflows.DurableTask.Converters;

/// <summary>JSON by System.Text.Json. The default options are those of the serialiser, with fields included.</summary>
public class JsonDataConverter : DataConverter
{
    // These defaults are part of what is stored: a change would break instances that are under way.
    private static readonly JsonSerializerOptions DefaultOptions = new() { IncludeFields = true };

    private readonly JsonSerializerOptions _options;

    /// <param name="options">Serialiser options; by default those described on the type.</param>
    public JsonDataConverter(JsonSerializerOptions? options = null) => _options = options ?? DefaultOptions;

    /// <summary>The converter used unless another is configured.</summary>
    public static JsonDataConverter Default { get; } = new();

    /// <inheritdoc/>
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), _options);

    /// <inheritdoc/>
    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
