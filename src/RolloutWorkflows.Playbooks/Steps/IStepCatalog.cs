using System.Diagnostics.CodeAnalysis;

namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>
/// The step kinds that a playbook may use. The kinds live with their activities; the playbook's validation asks for
/// them through this contract. Thread-safe and unchanging after construction.
/// </summary>
public interface IStepCatalog
{
    /// <summary>All kinds, ordered by name.</summary>
    IReadOnlyList<StepKind> Kinds { get; }

    /// <summary>Finds a kind by its exact name such as <c>flag/rollout</c>.</summary>
    bool TryFind(string uses, [NotNullWhen(true)] out StepKind? kind);
}
