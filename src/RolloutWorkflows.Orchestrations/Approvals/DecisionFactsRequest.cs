using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Which facts of the outside world a decision pack needs.</summary>
public sealed record DecisionFactsRequest
{
    public required string RunId { get; init; }

    /// <summary>Whose grants say what may be read.</summary>
    public required string Playbook { get; init; }

    /// <summary>The present, in playbook time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The guardrails whose last measurements are wanted, with their intervals.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Guardrails { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>The steps that would be carried out, with their values as far as they are known.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
}
