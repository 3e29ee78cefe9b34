using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A target of a run that reads otherwise than the run set it.</summary>
public sealed record DriftedTarget
{
    /// <summary>The line of the journal that says what is expected.</summary>
    public required string EffectId { get; init; }

    public required string Target { get; init; }

    public required string Uses { get; init; }

    /// <summary>The stage and the step that set it.</summary>
    public required string Stage { get; init; }

    public required string StepId { get; init; }

    /// <summary>The surface that it belongs to; null: none.</summary>
    public string? Surface { get; init; }

    /// <summary>What the run set, for people.</summary>
    public required string Expected { get; init; }

    /// <summary>What it reads, for people.</summary>
    public required string Found { get; init; }

    /// <summary>What it reads, as the journal keeps values.</summary>
    public JsonElement Present { get; init; }

    /// <summary>Who changed it, and why, where the target's audit knows; null where it does not.</summary>
    public string? By { get; init; }

    /// <summary>One clause: what reads what against what, by whom.</summary>
    public override string ToString() => $"{Target} reads {Found} where stage {Stage} set {Expected}{(By is null ? "" : $", changed by {By}")}";
}
