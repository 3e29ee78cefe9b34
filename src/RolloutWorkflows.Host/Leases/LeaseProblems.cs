using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Refusals because of a run that holds a target.</summary>
internal static class LeaseProblems
{
    /// <summary>409: a run cannot start, since others hold what it would change.</summary>
    public static ProblemException TargetsLeased(string playbook, IReadOnlyList<Lease> inTheWay) =>
        Problems.Of(StatusCodes.Status409Conflict, "target-leased", "Another run holds what this one would change",
            $"A run of {playbook} would change {inTheWay.Count} target(s) that only another run may change now: {inTheWay[0]}.",
            $"Nothing was started. Wait until {inTheWay[0].RunId} has ended, or end it: `rollout abort {inTheWay[0].RunId}` frees its targets and changes nothing.",
            [.. inTheWay.Select(lease => lease.ToString())]);

    /// <summary>409: a change by hand of what a run holds.</summary>
    public static ProblemException FlagLeased(string flag, Lease lease) =>
        Problems.Of(StatusCodes.Status409Conflict, "flag-leased", "A run holds this flag", $"Only run {lease.RunId} may change flag '{flag}' now: {lease}.",
            $"Nothing was changed. Tell the run what you want (`rollout hold`, `rollout rollback`, `rollout abort {lease.RunId}`), or, as an admin, change it all the same with breakGlass (command line: --break-glass REASON): the run then holds.");
}
