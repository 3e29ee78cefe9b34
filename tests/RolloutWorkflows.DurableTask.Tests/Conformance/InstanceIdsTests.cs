using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Sections 2.1 and 2.10: an id that is taken, was used before, or is nobody's.</summary>
public sealed class InstanceIdsTests
{
    private static readonly StartOrchestrationOptions Chosen = new("chosen");

    [Theory, EveryEngine]
    public async Task Start_UnderTheIdOfARunningInstance_IsRefusedAndLeavesItAlone(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        await host.ScheduleAsync("Echo", "first", Chosen);
        await host.SettleAsync();
        OrchestrationAlreadyExistsException refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => host.ScheduleAsync("Echo", "second", Chosen));
        await host.Client.RaiseEventAsync("chosen", "Event", "one", host.Cancellation);

        Assert.Equal("chosen", refusal.InstanceId);
        Assert.Equal("first one", await host.OutputOfEndAsync<string>("chosen"));
    }

    [Theory, EveryEngine]
    public async Task Start_UnderTheIdOfAnEndedInstance_ReplacesItAndNothingOfItShinesThrough(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        await host.ScheduleAsync("Echo", "first", Chosen with { Tags = new Dictionary<string, string> { ["old"] = "tag" } });
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync("chosen", (object)"old output", host.Cancellation);
        await host.EndOfAsync("chosen");
        await host.Client.RaiseEventAsync("chosen", "Event", "too late", host.Cancellation);
        await host.ScheduleAsync("Echo", "second", Chosen);
        await host.SettleAsync();
        OrchestrationMetadata replaced = await host.StateAsync("chosen");
        await host.Client.RaiseEventAsync("chosen", "Event", "two", host.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Running, replaced.RuntimeStatus);
        Assert.Null(replaced.SerializedOutput);
        Assert.Empty(replaced.Tags);
        Assert.Equal("second two", await host.OutputOfEndAsync<string>("chosen"));
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task Event_ToAnEndedOrUnknownInstance_IsKeptAsADeadLetter(EngineKind engine, bool ended)
    {
        await using ConformanceHost host = await StartAsync(engine);
        if (ended)
        {
            await host.ScheduleAsync("Echo", "first", Chosen);
            await host.Client.TerminateInstanceAsync("chosen", (object)"gone", host.Cancellation);
            await host.EndOfAsync("chosen");
        }

        await host.Client.RaiseEventAsync("chosen", "Event", "for nobody", host.Cancellation);
        DeadLetter letter = Assert.Single(await host.Administration.GetDeadLettersAsync(cancellation: host.Cancellation));

        Assert.Equal("chosen", letter.InstanceId);
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine) => ConformanceHost.StartAsync(engine, tasks => tasks
        .AddOrchestratorFunc<string, string>("Echo", async (context, input) => $"{input} {await context.WaitForExternalEvent<string>("Event")}"));
}
