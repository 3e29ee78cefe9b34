using System.Diagnostics;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Bench.Workloads;

/// <summary>Instances that wait for an external event: what each costs in memory and on the disk, and that all of them wake.</summary>
internal static class WaitingInstances
{
    private const string EventName = "go";
    private const int Concurrency = 100;

    /// <param name="MemoryBytes">Managed memory that each holds while it waits.</param>
    /// <param name="FileBytes">Bytes that each adds to the database file.</param>
    /// <param name="RestartTime">From opening the file with all of them waiting until the engine serves.</param>
    /// <param name="WakesPerSecond">Events raised, received and the instances run to their end, after the restart.</param>
    public sealed record Result(double MemoryBytes, double FileBytes, TimeSpan RestartTime, double WakesPerSecond);

    public static void Register(DurableTaskRegistry tasks) => tasks.AddOrchestrator<WaitingOrchestrator>();

    public static async Task<Result> RunAsync(string path, int count)
    {
        double memory;
        string[] ids;
        await using (var engine = await Engine.StartAsync(path, Register))
        {
            await StartAsync(engine.Client, 100);
            var before = Settle();
            ids = await StartAsync(engine.Client, count);
            memory = (double)(Settle() - before) / count;
            // Not to be counted with the instances.
            GC.KeepAlive(ids);
        }

        var file = new FileInfo(path).Length / (double)count;
        var start = Stopwatch.GetTimestamp();
        await using var restarted = await Engine.StartAsync(path, Register);
        var restart = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        await ForEachAsync(ids, id => WakeAsync(restarted.Client, id));
        return new Result(memory, file, restart, count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<string[]> StartAsync(DurableTaskClient client, int count)
    {
        var ids = new string[count];
        await ForEachAsync(Enumerable.Range(0, count), async n =>
        {
            ids[n] = await client.ScheduleNewOrchestrationInstanceAsync(nameof(WaitingOrchestrator), n, CancellationToken.None);
            await client.WaitForInstanceStartAsync(ids[n], CancellationToken.None);
        });
        return ids;
    }

    private static async Task WakeAsync(DurableTaskClient client, string id)
    {
        await client.RaiseEventAsync(id, EventName, 1, CancellationToken.None);
        var ended = await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            throw new InvalidOperationException($"Orchestration {id} ended {ended.RuntimeStatus}; expected Completed.");
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (item, _) => await action(item));

    private static long Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class WaitingOrchestrator : TaskOrchestrator<int, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, int input) =>
            await context.WaitForExternalEvent<int>(EventName);
    }
}
