using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>An input that a run takes, and what values of it are accepted.</summary>
public sealed record InputDefinition
{
    public required InputType Type { get; init; }

    public string? Description { get; init; }

    /// <summary>The value where the starter gives none; null: the input must be given.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>For lists: the type of each item; default string.</summary>
    public InputType? Items { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>For enums: the values allowed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>For strings: a regular expression that the whole value must match.</summary>
    public string? Pattern { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }
}
