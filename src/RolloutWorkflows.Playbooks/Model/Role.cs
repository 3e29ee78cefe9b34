namespace RolloutWorkflows.Playbooks;

/// <summary>A role in the rollout: who fills it, and what it owns.</summary>
public sealed record Role
{
    /// <summary>The duty of who hears when a run goes back.</summary>
    public const string Rollback = "rollback";

    /// <summary>The duty of who hears of incidents, and of what waits for their end.</summary>
    public const string Incidents = "incidents";

    public string? Group { get; init; }

    public string? Person { get; init; }

    /// <summary>The group or the person; null where neither is stated, which no valid playbook leaves so.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? FilledBy => Group ?? Person;

    public string? Description { get; init; }

    /// <summary>Duties that a run acts on, names of gates (stages, checks, approvals, guardrails), and what else people should know.</summary>
    public IReadOnlyList<string> Owns { get; init; } = [];
}
