namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>
/// An orchestrator that makes a random program of its seed: activities, timers, waits with and without time-outs, races,
/// cancellations, children, continue-as-new. It gathers every number that an event brings.
/// </summary>
internal static class ExploredOrchestration
{
    /// <summary>Names of the events that are raised; the last of all is <see cref="Last"/>.</summary>
    public static readonly string[] Events = ["alpha", "beta"];

    public const string Last = "last";

    public static async Task<Input> RunAsync(TaskOrchestrationContext context, Input input)
    {
        Program program = new(context, new Random((input.Seed * 31) + input.Iteration), [.. input.Received]);
        int steps = program.Choose(1, 6);
        for (int step = 0; step < steps; step++)
            await program.StepAsync();

        Input output = input with { Iteration = input.Iteration + 1, Received = program.Received };
        if (output.Iteration <= input.Seed % 4)
        {
            context.ContinueAsNew(output);
            return output;
        }

        await context.WaitForExternalEvent<int>(Last);
        await program.DrainAsync();
        return output;
    }

    internal sealed record Input(int Seed, int Iteration, IReadOnlyList<int> Received);

    private sealed class Program(TaskOrchestrationContext context, Random random, List<int> received)
    {
        public List<int> Received => received;

        public int Choose(int from, int to) => random.Next(from, to);

        public Task StepAsync() => random.Next(10) switch
        {
            0 => TryAsync(context.CallActivityAsync<int>("single", random.Next(100))),
            1 => TryAsync(Task.WhenAll(context.CallActivityAsync<int>("a"), context.CallActivityAsync<int>("b"), context.CallActivityAsync<int>("c"))),
            2 => context.CreateTimer(Seconds(), CancellationToken.None),
            3 => TryAsync(ReceiveAsync(context.WaitForExternalEvent<int>(Event(), Seconds()))),
            4 => RaceAsync(context.CallActivityAsync<int>("rival"), waiters: 1),
            5 => RaceAsync(context.CreateTimer(Seconds(), CancellationToken.None), waiters: 3),
            6 => CancelTimerAsync(),
            7 => TryAsync(context.CallSubOrchestratorAsync<int>("child")),
            8 => SpeakAsync(),
            _ => RetryAsync(),
        };

        /// <summary>Receives what was raised and nobody has received.</summary>
        public async Task DrainAsync()
        {
            foreach (string name in Events)
            {
                while (await TryAsync(ReceiveAsync(context.WaitForExternalEvent<int>(name, TimeSpan.FromSeconds(1)))))
                {
                }
            }
        }

        private string Event() => Events[random.Next(Events.Length)];

        private TimeSpan Seconds() => TimeSpan.FromSeconds(random.Next(0, 30));

        private async Task ReceiveAsync(Task<int> wait) => received.Add(await wait);

        private async Task RaceAsync(Task rival, int waiters)
        {
            using CancellationTokenSource end = new();
            string name = Event();
            List<Task> waits = [.. Enumerable.Range(0, waiters).Select(_ => ReceiveAsync(context.WaitForExternalEvent<int>(name, end.Token)))];
            await Task.WhenAny([rival, .. waits]);
            end.Cancel();
            await TryAsync(Task.WhenAll(waits));
            if (random.Next(2) == 0)
                await TryAsync(rival);
        }

        private async Task CancelTimerAsync()
        {
            using CancellationTokenSource end = new();
            Task timer = context.CreateTimer(Seconds(), end.Token);
            await TryAsync(ReceiveAsync(context.WaitForExternalEvent<int>(Event(), Seconds())));
            end.Cancel();
            await TryAsync(timer);
        }

        private Task SpeakAsync()
        {
            context.SetCustomStatus($"{context.NewGuid()} at {context.CurrentUtcDateTime:O}");
            context.SendEvent("other", "greeting", random.Next());
            return Task.CompletedTask;
        }

        private Task<bool> RetryAsync() => TryAsync(
            context.CallActivityAsync<int>("retried", options: new TaskOptions(new RetryPolicy(3, TimeSpan.FromSeconds(5), backoffCoefficient: 2))));

        private static async Task<bool> TryAsync(Task task)
        {
            try
            {
                await task;
                return true;
            }
            catch (Exception error) when (error is TaskFailedException or OperationCanceledException)
            {
                return false;
            }
        }
    }
}
