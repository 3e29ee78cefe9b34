using System.Text.Json;
using RolloutWorkflows.Playbooks.Planning;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks;

/// <summary>The way back of one stage, in the order in which it is taken.</summary>
public sealed record PlannedRollback
{
    /// <summary>How far it goes.</summary>
    public required string To { get; init; }

    /// <summary>The one surface that goes back alone where something of this stage asks for it; null: what names none takes the run back.</summary>
    public string? Surface { get; init; }

    /// <summary>Steps that quiesce first.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>What is taken back, newest first.</summary>
    public IReadOnlyList<string> Compensation { get; init; } = [];

    /// <summary>Effects that stay in place.</summary>
    public IReadOnlyList<string> LeftInPlace { get; init; } = [];

    /// <summary>Recovery plays.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Checks that it worked.</summary>
    public IReadOnlyList<string> Verify { get; init; } = [];

    /// <summary>The roles that own it.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>How long it may take; null: not stated.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>The way back of a stage of a run with these inputs.</summary>
    public static PlannedRollback Of(Playbook playbook, Stage stage, IReadOnlyDictionary<string, JsonElement> inputs, IStepCatalog catalog) =>
        new EffectList(playbook, catalog, new ExpressionScope { Inputs = inputs }).WayBack(stage);
}
