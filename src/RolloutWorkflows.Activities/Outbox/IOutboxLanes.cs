using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Opens the lanes of runs and has them looked at. Thread-safe.</summary>
public interface IOutboxLanes
{
    /// <summary>Opens a lane for every channel that shows the run; those there are stay as they are.</summary>
    Task OpenAsync(string runId, CancellationToken cancellation = default);

    /// <summary>The channels in which a run of this playbook would be shown.</summary>
    IReadOnlyList<string> ChannelsOf(Playbook playbook);

    /// <summary>Has lanes of a run looked at, also such as had finished.</summary>
    Task WakeAsync(string runId, IReadOnlyList<string> lanes, CancellationToken cancellation = default);

    /// <summary>Has every lane looked at that may have been left alone when the process ended.</summary>
    Task WakeAllAsync(CancellationToken cancellation = default);
}
