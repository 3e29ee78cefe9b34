using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>A run at one moment, and the entries of its record that are new since the last.</summary>
/// <param name="Details">The run.</param>
/// <param name="Fresh">The new entries.</param>
/// <param name="RollbacksAreRecorded">True where the end of every rollback that was recorded as begun is recorded too.</param>
internal sealed record RunMoment(RolloutDetails Details, IReadOnlyList<RunLogEntry> Fresh, bool RollbacksAreRecorded)
{
    /// <summary>What of it is worth a line: changes of state and messages to people repeat what another entry tells.</summary>
    public IEnumerable<RunLogEntry> Telling => Fresh.Where(entry =>
        entry.Kind != RunLogKind.StateChanged && !(entry.Kind == RunLogKind.Announced && entry.Actor == Actors.Rollout));

    /// <summary>True where the run will not move on by itself any more, and its record says so too: the record follows the state by a moment.</summary>
    public bool IsOver => Details.Orchestration is "Completed" or "Failed" or "Terminated" || (Details.Run is { State: RunState.RolledBack, Meanwhile: null } && RollbacksAreRecorded);
}
