namespace RolloutWorkflows.Simulation;

/// <summary>Says what a rollout would do: on virtual time, against recorded metrics, without touching anything.</summary>
public static class PlaybookSimulation
{
    /// <summary>Simulates a run to its end, or to where only people could move it. The same options give the same result.</summary>
    public static async Task<SimulationResult> RunAsync(SimulationOptions options, CancellationToken cancellation = default)
    {
        await using var run = await SimulatedRollout.StartAsync(options);
        return await run.RunAsync(cancellation);
    }
}
