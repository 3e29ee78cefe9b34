using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>A run at one moment, and the entries of its record that are new since the last.</summary>
internal sealed record RunMoment(RolloutDetails Details, IReadOnlyList<RunLogEntry> Fresh)
{
    /// <summary>True where the run will not move on by itself any more.</summary>
    public bool IsOver => RunChoice.IsOver(Details.Run.State) || Details.Orchestration is "Failed" or "Terminated";
}
