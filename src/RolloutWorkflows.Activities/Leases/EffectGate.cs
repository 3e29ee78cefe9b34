using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What every effect passes before anything is journaled: the host's grants, then the leases. What takes an effect back passes freely.</summary>
internal sealed class EffectGate(Grants grants, LeaseKeeper leases)
{
    private const string FlagPrefix = "flag:";
    private const string WorkflowPrefix = "workflow:";
    private const string SnapshotPrefix = "snapshot:";

    // How targets that are files begin: the path follows, and where only a part of the file is meant, "#" and that part.
    private static readonly string[] FilePrefixes = ["env:", "file:", "gates:"];

    /// <summary>Why a step must not act on its targets, which are the run's from now on where it may; null where it may.</summary>
    public async Task<string?> RefusalAsync(StepRequest step, IReadOnlyCollection<string> targets, CancellationToken cancellation)
    {
        if (step.Undoes is not null) return null;
        if (RefusalByGrants(step.Playbook, targets) is { } refused)
            return $"Nothing was changed: {refused}.";
        var inTheWay = await leases.TakeAsync(step.RunId, step.Playbook, targets, cancellation);
        return inTheWay.Count == 0 ? null : $"{string.Join("; ", inTheWay)}. Nothing was changed: wait until that run has ended, or abort it, and retry.";
    }

    /// <summary>Why a playbook must not touch these targets, nor show how they stand; null where it may. Takes no lease.</summary>
    public string? RefusalByGrants(string playbook, IReadOnlyCollection<string> targets) =>
        targets.Select(target => RefusalByGrant(playbook, target)).FirstOrDefault(refusal => refusal is not null);

    private string? RefusalByGrant(string playbook, string target)
    {
        if (target.StartsWith(FlagPrefix, StringComparison.Ordinal)) return grants.RefusalOfFlag(playbook, target[FlagPrefix.Length..]);
        if (target.StartsWith(WorkflowPrefix, StringComparison.Ordinal)) return grants.RefusalOfWorkflow(playbook, target[WorkflowPrefix.Length..]);
        return FilePrefixes.FirstOrDefault(prefix => target.StartsWith(prefix, StringComparison.Ordinal)) is { } file
            ? grants.RefusalOfFile(playbook, target[file.Length..].Split('#')[0])
            : null;
    }
}
