namespace RolloutWorkflows.Activities;

/// <summary>Shows no run, for tests and simulations of single activities.</summary>
public sealed class NoRunViews : IRunViews
{
    public ValueTask<RunView?> OfAsync(string runId, CancellationToken cancellation = default) => new((RunView?)null);
}
