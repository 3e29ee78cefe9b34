using RolloutWorkflows.Bench.Measuring;
using RolloutWorkflows.Bench.Workloads;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Bench;

/// <summary>Everything measured once, one after the other, each on a database of its own.</summary>
internal sealed record Round(
    Calibrated<SequentialActivities.Result> One,
    Calibrated<SequentialActivities.Result> Hundred,
    Calibrated<Distribution> Event,
    WaitingInstances.Result Waiting)
{
    /// <summary>All that was seen of the disk during the round.</summary>
    public IEnumerable<Calibration> Machine => [One.Machine, Hundred.Machine, Event.Machine];

    public static async Task<Round> RunAsync(BenchOptions options)
    {
        // A folder of this run's own: what else lies in the folder given stays untouched.
        var folder = Path.Combine(options.Folder, $"rollout-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var one = await OnEngineAsync(folder, "one", SequentialActivities.Register, client => SequentialActivities.RunAsync(client, options.Orchestrations / 10, 1));
            var hundred = await OnEngineAsync(folder, "hundred", SequentialActivities.Register, client => SequentialActivities.RunAsync(client, options.Orchestrations, 100));
            var events = await OnEngineAsync(folder, "event", EventToStep.Register, client => EventToStep.RunAsync(client, options.Events));
            var waiting = await WaitingInstances.RunAsync(Path.Combine(folder, "waiting.db"), options.Waiting);
            return new Round(one, hundred, events, waiting);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Calibrated<T>> OnEngineAsync<T>(string folder, string name, Action<DurableTaskRegistry> tasks, Func<DurableTaskClient, Task<T>> run)
    {
        var machine = Calibration.Take(folder);
        await using var engine = await Engine.StartAsync(Path.Combine(folder, name + ".db"), tasks);
        return new Calibrated<T>(machine, await run(engine.Client));
    }
}
