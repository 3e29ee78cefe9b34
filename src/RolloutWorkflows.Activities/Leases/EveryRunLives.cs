namespace RolloutWorkflows.Activities;

/// <summary>Holds every run for live, for tests and simulations: then leases end only by being released.</summary>
public sealed class EveryRunLives : IRunLives
{
    public ValueTask<RunLife> OfAsync(string runId, CancellationToken cancellation = default) => new(RunLife.Live);
}
