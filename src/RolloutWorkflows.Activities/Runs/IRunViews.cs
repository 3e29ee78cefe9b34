namespace RolloutWorkflows.Activities;

/// <summary>Shows runs as they stand now. Thread-safe.</summary>
public interface IRunViews
{
    /// <summary>The run, or null where there is none of that id (any more).</summary>
    ValueTask<RunView?> OfAsync(string runId, CancellationToken cancellation = default);
}
