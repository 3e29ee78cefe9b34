using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Section 2.5 and rows X8 and X9: an instance that cannot go on is parked with a reason, and goes on once mended.</summary>
public sealed class ParkingTests
{
    [Theory, EveryEngine]
    public async Task IllegalAwait_OfATaskThatNeverEnds_IsParkedAtOnce(EngineKind engine)
    {
        TaskCompletionSource foreign = new();
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Illegal", async _ => await foreign.Task));

        string id = await host.ScheduleAsync("Illegal");
        await host.SettleAsync();
        OrchestrationMetadata state = await host.StateAsync(id);

        Assert.False(state.IsCompleted);
        Assert.Contains("Illegal", state.ParkedReason, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(await ParkedAsync(host)).InstanceId);
    }

    [Theory, EveryEngine]
    public async Task Parked_CanBeTerminated(EngineKind engine)
    {
        TaskCompletionSource foreign = new();
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Illegal", async _ => await foreign.Task));

        string id = await host.ScheduleAsync("Illegal");
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync(id, (object)"gone", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Empty(await ParkedAsync(host));
    }

    [Theory, EveryEngine]
    public async Task IllegalAwait_Mended_GoesOnWhenUnparked(EngineKind engine)
    {
        bool mended = false;
        TaskCompletionSource foreign = new();
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Illegal", async context =>
            {
                if (!mended)
                    await foreign.Task;
                return await context.WaitForExternalEvent<string>("Go");
            }));

        string id = await host.ScheduleAsync("Illegal");
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, "Go", "kept", host.Cancellation);
        mended = true;
        bool unparked = await host.Administration.UnparkAsync(id, host.Cancellation);

        Assert.True(unparked);
        Assert.Equal("kept", await host.OutputOfEndAsync<string>(id));
        Assert.Null((await host.StateAsync(id)).ParkedReason);
    }

    [Theory, EveryEngine]
    public async Task NonDeterminism_Replayed_IsParkedAndGoesOnOnceTheCodeIsMended(EngineKind engine)
    {
        string activity = "First";
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Changed", async context =>
            {
                string called = await context.CallActivityAsync<string>(activity);
                await context.WaitForExternalEvent<string>("Go");
                return called;
            })
            .AddActivityFunc("First", _ => "first")
            .AddActivityFunc("Second", _ => "second"));

        string id = await host.ScheduleAndStartAsync("Changed");
        await host.SettleAsync();
        activity = "Second";
        await host.Client.RaiseEventAsync(id, "Go", "go", host.Cancellation);
        await host.SettleAsync();
        OrchestrationMetadata state = await host.StateAsync(id);
        activity = "First";
        await host.Administration.UnparkAsync(id, host.Cancellation);

        // An instance that stayed in memory was never replayed, so it could not notice.
        if (engine.Replay() == Worker.ReplayMode.Always)
        {
            Assert.Contains("First", state.ParkedReason, StringComparison.Ordinal);
            Assert.Contains("Second", state.ParkedReason, StringComparison.Ordinal);
        }

        Assert.Equal("first", await host.OutputOfEndAsync<string>(id));
    }

    private static async Task<List<OrchestrationMetadata>> ParkedAsync(ConformanceHost host)
    {
        List<OrchestrationMetadata> parked = [];
        await foreach (OrchestrationMetadata state in host.Administration.GetParkedInstancesAsync())
            parked.Add(state);
        return parked;
    }
}
