namespace RolloutWorkflows.Playbooks;

/// <summary>
/// A validated playbook: what a rollout does, stage by stage. Immutable, free of I/O and serialisable, so that a run
/// can pin the exact playbook that it started with.
/// </summary>
public sealed record Playbook
{
    /// <summary>The only language version that this build reads and writes.</summary>
    public const string CurrentApiVersion = "rolloutworkflows/v1";

    /// <summary>Unique in the catalog; a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people; the name where absent.</summary>
    public string? Title { get; init; }

    public IReadOnlyDictionary<string, InputDefinition> Inputs { get; init; } = new Dictionary<string, InputDefinition>();

    /// <summary>The person or group that answers for the run.</summary>
    public string? Owner { get; init; }

    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();

    public Channels Channels { get; init; } = new();

    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new Dictionary<string, Metric>();

    /// <summary>Guardrails that hold from the run's first effect until its end.</summary>
    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>Checks that run before every stage.</summary>
    public IReadOnlyList<Step> Preflight { get; init; } = [];

    /// <summary>Steps at every stage's promotion, once everything that it waits for is green. None of them has an effect that a rollback would take back.</summary>
    public IReadOnlyList<Step> Promotion { get; init; } = [];

    /// <summary>What stages take over where their own rollback leaves it out.</summary>
    public RollbackPlan? Rollback { get; init; }

    public Windows? Windows { get; init; }

    /// <summary>The surfaces of the product that may move and roll back alone; empty where the run is one whole.</summary>
    public IReadOnlyList<string> Surfaces { get; init; } = [];

    /// <summary>Groups that may promote, ignore and override beside admins.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    public ReleaseIssuePolicy ReleaseIssue { get; init; } = new();

    /// <summary>People and groups stated in the playbook itself; believed only where the host allows it.</summary>
    public People? People { get; init; }

    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>How long the guardrails go on after the last promotion before the run succeeds; null: not at all.</summary>
    public TimeSpan? Watch { get; init; }

    /// <summary>Steps that run once, at whatever end.</summary>
    public IReadOnlyList<Step> Finally { get; init; } = [];

    /// <summary>The stage of that name, or null.</summary>
    public Stage? FindStage(string name) => Stages.FirstOrDefault(stage => stage.Name == name);

    /// <summary>The names of the roles that own a duty, or the gate of that name.</summary>
    public IReadOnlyList<string> OwnersOf(string thing) => [.. Roles.Where(role => role.Value.Owns.Contains(thing)).Select(role => role.Key)];

    /// <summary>The persons and groups that fill those roles.</summary>
    public IReadOnlyList<string> OwnedBy(string thing) => [.. OwnersOf(thing).Select(name => Roles[name].FilledBy).OfType<string>().Distinct()];

    /// <summary>What a stage waits for: what it states, or the stage before it in the file.</summary>
    public IReadOnlyList<string> NeedsOf(Stage stage)
    {
        if (stage.Needs.Count > 0) return stage.Needs;
        var index = Stages.TakeWhile(other => !ReferenceEquals(other, stage) && other.Name != stage.Name).Count();
        return index > 0 ? [Stages[index - 1].Name] : [];
    }

    /// <summary>Names of the stages that were promoted before a stage starts: what it needs, and what those need.</summary>
    public IReadOnlySet<string> StagesBefore(Stage stage)
    {
        var found = new HashSet<string>();
        var open = new Queue<Stage>([stage]);
        while (open.TryDequeue(out var next))
        {
            foreach (var needed in NeedsOf(next).Where(found.Add).Select(FindStage).OfType<Stage>()) open.Enqueue(needed);
        }

        return found;
    }

    /// <summary>The stage's own way back, with what it leaves out taken from the playbook's; a loaded playbook's stages hold it already.</summary>
    public RollbackPlan RollbackOf(Stage stage)
    {
        var common = Rollback ?? new RollbackPlan();
        if (stage.Rollback is not { } own) return common;
        return new RollbackPlan
        {
            To = own.To ?? common.To,
            Before = own.Before.Count > 0 ? own.Before : common.Before,
            Steps = own.Steps.Count > 0 ? own.Steps : common.Steps,
            Verify = own.Verify.Count > 0 ? own.Verify : common.Verify,
            Objective = own.Objective ?? common.Objective,
            Surface = own.Surface ?? common.Surface,
        };
    }
}
