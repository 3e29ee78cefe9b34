namespace RolloutWorkflows.Activities;

/// <summary>Tells whether runs still go on; asked only where a lease stands in somebody's way. Thread-safe.</summary>
public interface IRunLives
{
    ValueTask<RunLife> OfAsync(string runId, CancellationToken cancellation = default);
}
