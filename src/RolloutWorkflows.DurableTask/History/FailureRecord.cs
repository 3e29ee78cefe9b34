using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A failure as it is stored.</summary>
/// <param name="Type">Error type.</param>
/// <param name="Message">Message.</param>
/// <param name="Stack">Stack trace, if any.</param>
/// <param name="Inner">What caused it, if known.</param>
/// <param name="Properties">Further data, if any.</param>
/// <param name="NonRetriable">Whether retrying is pointless.</param>
public sealed record FailureRecord(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("msg")] string Message,
    [property: JsonPropertyName("stack")] string? Stack,
    [property: JsonPropertyName("inner")] FailureRecord? Inner,
    [property: JsonPropertyName("props")] IReadOnlyDictionary<string, JsonElement>? Properties,
    [property: JsonPropertyName("final")] bool NonRetriable)
{
    // JSON is written and read to a depth of 64, which a failure handed up through many sub-orchestrations would exceed.
    private const int MaxLevels = 20;

    /// <summary>Puts a failure into its stored form.</summary>
    public static FailureRecord From(TaskFailureDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return From(details, MaxLevels);
    }

    /// <summary>The failure as orchestrations and clients see it.</summary>
    public TaskFailureDetails ToDetails() =>
        new(Type, Message, Stack, Inner?.ToDetails(), Properties is null ? null : FailureProperties.Read(Properties))
        {
            IsNonRetriable = NonRetriable,
        };

    private static FailureRecord From(TaskFailureDetails details, int levels) => new(
        details.ErrorType,
        details.ErrorMessage,
        details.StackTrace,
        details.InnerFailure is { } inner ? From(levels > 1 ? inner : Innermost(inner), levels - 1) : null,
        details.Properties is { Count: > 0 } properties ? FailureProperties.Store(properties) : null,
        details.IsNonRetriable);

    private static TaskFailureDetails Innermost(TaskFailureDetails details)
    {
        while (details.InnerFailure is { } inner)
            details = inner;
        return details;
    }
}
