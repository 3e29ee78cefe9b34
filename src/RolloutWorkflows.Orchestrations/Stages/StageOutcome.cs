using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>How one attempt at a stage ended.</summary>
public sealed record StageOutcome
{
    public required StageOutcomeKind Kind { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>For <see cref="StageOutcomeKind.RollBack"/>: the one surface that must go back; null: all.</summary>
    public string? Surface { get; init; }

    /// <summary>The stage's own outputs, for later stages.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();
}
