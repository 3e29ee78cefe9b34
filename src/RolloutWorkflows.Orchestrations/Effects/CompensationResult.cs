using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What undoing one effect came to.</summary>
public sealed record CompensationResult
{
    public required string EffectId { get; init; }

    public required string Target { get; init; }

    public required CompensationOutcome Outcome { get; init; }

    /// <summary>One sentence: from which value to which, or what stands in the way.</summary>
    public required string Message { get; init; }

    /// <summary>The value read back at the end.</summary>
    public JsonElement ReadBack { get; init; }

    /// <summary>When it was read back, on the real clock.</summary>
    public required DateTimeOffset At { get; init; }
}
