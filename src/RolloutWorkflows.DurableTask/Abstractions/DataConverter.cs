using System.Diagnostics.CodeAnalysis;

namespace RolloutWorkflows.DurableTask;

/// <summary>Turns inputs, outputs and event payloads into stored text and back.</summary>
public abstract class DataConverter
{
    /// <summary>Serialises a value; a missing value gives <see langword="null"/>.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public abstract string? Serialize(object? value);

    /// <summary>Deserialises to a type; missing data gives <see langword="null"/>.</summary>
    [return: NotNullIfNotNull(nameof(data))]
    public abstract object? Deserialize(string? data, Type targetType);

    /// <summary>Deserialises to a type; missing data gives the default value.</summary>
    [return: NotNullIfNotNull(nameof(data))]
    public virtual T? Deserialize<T>(string? data) => (T?)(Deserialize(data, typeof(T)) ?? default(T));
}
