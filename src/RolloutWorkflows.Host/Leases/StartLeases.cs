using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>
/// Leases what a run will change before it is scheduled, so that of two starts exactly one wins. A process that dies in
/// between leaves leases without a run, which count no longer than a start may take.
/// </summary>
internal sealed class StartLeases(LeaseTargets targets, LeaseKeeper keeper, ILeases leases)
{
    /// <summary>Only looks whether a start could take its leases now; those of the run that it supersedes it would take over.</summary>
    /// <exception cref="ProblemException">409: another run holds one of the targets.</exception>
    public async Task RequireFreeAsync(RolloutInput input)
    {
        var held = new List<Lease>();
        foreach (var target in targets.NamedBy(input.Playbook, input.Inputs))
            if (await keeper.FindHolderAsync(target) is { } lease && lease.RunId != input.Supersedes?.RunId) held.Add(lease);
        if (held.Count > 0) throw LeaseProblems.TargetsLeased(input.Playbook.Name, held);
    }

    /// <summary>Takes the leases and schedules the run; where that fails, nothing stays leased.</summary>
    /// <exception cref="ProblemException">409: another run holds one of the targets; nothing was started.</exception>
    public async Task<string> ScheduleAsync(RolloutInput input, Func<Task<string>> schedule)
    {
        var inTheWay = await keeper.TakeAsync(input.RunId, input.Playbook.Name, targets.NamedBy(input.Playbook, input.Inputs));
        if (inTheWay.Count > 0) throw LeaseProblems.TargetsLeased(input.Playbook.Name, inTheWay);
        try
        {
            return await schedule();
        }
        catch
        {
            await leases.ReleaseAsync(input.RunId);
            throw;
        }
    }
}
