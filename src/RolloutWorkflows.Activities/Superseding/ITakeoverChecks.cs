using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Looks whether what a run left can be built upon. Changes and records nothing. Thread-safe.</summary>
public interface ITakeoverChecks
{
    /// <summary>What reads otherwise than the run left it, what cannot be read, and which baselines it has not captured; one sentence each.</summary>
    Task<IReadOnlyList<string>> FindObstaclesAsync(SupersededRun earlier, CancellationToken cancellation = default);
}
