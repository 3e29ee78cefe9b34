using System.Diagnostics;
using RolloutWorkflows.Bench.Measuring;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Bench.Workloads;

/// <summary>Orchestrations that call ten activities one after the other, each from its start to its result at the client.</summary>
internal static class SequentialActivities
{
    public const int Activities = 10;

    public sealed record Result(double PerSecond, Distribution Latency)
    {
        public double ActivitiesPerSecond => PerSecond * Activities;
    }

    public static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestrator<CountingOrchestrator>();
        tasks.AddActivity<AddOneActivity>();
    }

    /// <param name="client">Starts the orchestrations and waits for them.</param>
    /// <param name="count">How many to run in all.</param>
    /// <param name="concurrency">How many run at a time.</param>
    public static async Task<Result> RunAsync(DurableTaskClient client, int count, int concurrency)
    {
        var latencies = new TimeSpan[count];
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => RunOnesAsync()));
        return new Result(count / Stopwatch.GetElapsedTime(start).TotalSeconds, new Distribution(latencies));

        async Task RunOnesAsync()
        {
            for (var n = Interlocked.Increment(ref next); n < count; n = Interlocked.Increment(ref next))
            {
                var begin = Stopwatch.GetTimestamp();
                var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(CountingOrchestrator), 0, CancellationToken.None);
                var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, CancellationToken.None);
                if (ended.ReadOutputAs<int>() != Activities)
                    throw new InvalidOperationException($"Orchestration {id} ended {ended.RuntimeStatus} with {ended.SerializedOutput}; expected {Activities}.");
                latencies[n] = Stopwatch.GetElapsedTime(begin);
            }
        }
    }

    private sealed class CountingOrchestrator : TaskOrchestrator<int, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
        {
            for (var i = 0; i < Activities; i++) input = await context.CallActivityAsync<int>(nameof(AddOneActivity), input);
            return input;
        }
    }

    private sealed class AddOneActivity : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(input + 1);
    }
}
