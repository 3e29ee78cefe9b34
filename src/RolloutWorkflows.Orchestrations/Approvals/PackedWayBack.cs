using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The way back of the stage that an approval opens, in a decision pack.</summary>
public sealed record PackedWayBack
{
    public required RollbackTarget To { get; init; }

    /// <summary>From the breach to the last read-back; null: none is stated.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>When it was last rehearsed, and how that came out; null where nothing is known of it.</summary>
    public string? Rehearsed { get; init; }

    /// <summary>What is done before, after and to verify it, each <c>first</c>, <c>then</c> or <c>verify</c> and a kind.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];
}
