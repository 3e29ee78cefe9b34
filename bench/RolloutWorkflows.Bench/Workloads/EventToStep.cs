using System.Diagnostics;
using RolloutWorkflows.Bench.Measuring;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Bench.Workloads;

/// <summary>
/// From raising an external event to the start of the activity that the orchestration calls because of it. By then the
/// event and the turn that received it are durable, because an activity starts only after the commit of its call.
/// </summary>
internal static class EventToStep
{
    private const string EventName = "go";

    private static TaskCompletionSource<long>? stepStarted;

    public static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestrator<ListeningOrchestrator>();
        tasks.AddActivity<StepActivity>();
    }

    public static async Task<Distribution> RunAsync(DurableTaskClient client, int events)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(ListeningOrchestrator), events, CancellationToken.None);
        await client.WaitForInstanceStartAsync(id, CancellationToken.None);
        var latencies = new TimeSpan[events];
        for (var n = 0; n < events; n++)
        {
            var arrived = stepStarted = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var start = Stopwatch.GetTimestamp();
            await client.RaiseEventAsync(id, EventName, n, CancellationToken.None);
            latencies[n] = Stopwatch.GetElapsedTime(start, await arrived.Task);
        }

        await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        return new Distribution(latencies);
    }

    private sealed class ListeningOrchestrator : TaskOrchestrator<int, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
        {
            for (var i = 0; i < input; i++)
            {
                var value = await context.WaitForExternalEvent<int>(EventName);
                await context.CallActivityAsync<int>(nameof(StepActivity), value);
            }

            return input;
        }
    }

    private sealed class StepActivity : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input)
        {
            stepStarted!.SetResult(Stopwatch.GetTimestamp());
            return Task.FromResult(input);
        }
    }
}
