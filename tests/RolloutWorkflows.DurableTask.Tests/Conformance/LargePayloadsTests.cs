using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Payloads far above what a hot row holds travel unchanged through every place that takes one.</summary>
public sealed class LargePayloadsTests
{
    private const int Size = 300_000;

    [Theory, EveryEngine]
    public async Task LargePayloads_TravelThroughInputActivityEventChildAndOutput(EngineKind engine)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<string, string[]>("Large", async (context, input) =>
            {
                string called = await context.CallActivityAsync<string>("Echo", input + "1");
                context.SetCustomStatus(called);
                string received = await context.WaitForExternalEvent<string>("Event");
                return [input, called, received, await context.CallSubOrchestratorAsync<string>("Child", received)];
            })
            .AddOrchestratorFunc<string, string>("Child", (_, input) => input + "2")
            .AddActivityFunc<string, string>("Echo", (_, input) => input);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);
        string input = new('ü', Size);
        string payload = new('ß', Size);

        string id = await host.ScheduleAsync("Large", input);
        await host.SettleAsync();
        await host.RestartAsync(Tasks);
        await host.Client.RaiseEventAsync(id, "Event", payload, host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);
        string[] output = ended.ReadOutputAs<string[]>()!;

        Assert.Equal([input, input + "1", payload, payload + "2"], output);
        Assert.Equal(input, ended.ReadInputAs<string>());
        Assert.Equal(input + "1", ended.ReadCustomStatusAs<string>());
    }

    [Theory, EveryEngine]
    public async Task LargePayloads_TravelThroughContinueAsNewFailureAndTermination(EngineKind engine)
    {
        string text = new('x', Size);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string?, string>("Again", (context, input) =>
            {
                if (input is null)
                    context.ContinueAsNew(text);
                return input ?? string.Empty;
            })
            .AddOrchestratorFunc("Failing", context => FailAsync(text))
            .AddOrchestratorFunc("Waiting", context => context.WaitForExternalEvent<string>("Never")));

        string again = await host.OutputOfAsync<string>("Again");
        OrchestrationMetadata failed = await host.RunAsync("Failing");
        string id = await host.ScheduleAndStartAsync("Waiting");
        await host.Client.SuspendInstanceAsync(id, text, host.Cancellation);
        await host.Client.TerminateInstanceAsync(id, (object)text, host.Cancellation);
        OrchestrationMetadata terminated = await host.EndOfAsync(id);

        Assert.Equal(text, again);
        Assert.Equal(text, failed.FailureDetails?.ErrorMessage);
        Assert.Equal(text, terminated.ReadOutputAs<string>());
    }

    private static Task FailAsync(string message) => throw new InvalidOperationException(message);
}
