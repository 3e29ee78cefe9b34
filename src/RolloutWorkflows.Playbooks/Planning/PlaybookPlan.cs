using System.Text.Json;
using RolloutWorkflows.Playbooks.Planning;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks;

/// <summary>What a run would go through and when, computed without running anything. Pure; <see cref="PlanText"/> writes it down.</summary>
public sealed record PlaybookPlan
{
    public required string Playbook { get; init; }

    public string? Title { get; init; }

    public required DateTimeOffset StartAt { get; init; }

    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>The guardrails of the whole run.</summary>
    public IReadOnlyList<PlannedGuardrail> Guardrails { get; init; } = [];

    /// <summary>Effects that no rollback takes back, with their stages.</summary>
    public IReadOnlyList<string> Irreversible { get; init; } = [];

    /// <summary>The end of the run, its watch included; null where a window never opens.</summary>
    public DateTimeOffset? EarliestEnd { get; init; }

    /// <summary>Null where somewhere nothing ends the waiting.</summary>
    public DateTimeOffset? LatestEnd { get; init; }

    /// <summary>What could not be planned, and what the plan assumes instead.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Plans a run of a valid playbook. Checks and steps are taken to need no time, and counters none beyond their soak.
    /// </summary>
    /// <param name="playbook">A playbook that loaded without errors.</param>
    /// <param name="inputs">The run's inputs as <see cref="InputBinder"/> gives them.</param>
    /// <param name="startAt">When the run would start.</param>
    /// <param name="catalog">Says which steps have effects.</param>
    /// <param name="holidays">Holidays by the names that windows use; what is not among them is left out, and a note says so.</param>
    public static PlaybookPlan Create(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, DateTimeOffset startAt, IStepCatalog catalog,
        IReadOnlyDictionary<string, IReadOnlyList<Holiday>>? holidays = null) =>
        new PlanBuilder(playbook, inputs, startAt, catalog, holidays ?? new Dictionary<string, IReadOnlyList<Holiday>>()).Build();
}
