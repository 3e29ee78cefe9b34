using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row GO8, recursion: whom a termination reaches.</summary>
public sealed class RecursiveTerminateTests
{
    private const string Output = "enough";

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task GO8_TerminateOrchestration_Recursive_StopsDescendantsOrLeavesThemAlone(EngineKind engine, bool recursive)
    {
        int executed = 0;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Root", context => Task.WhenAll(
                Enumerable.Range(0, 5).Select(number => context.CallSubOrchestratorAsync("L1", options: Named($"{context.InstanceId}_{number}"))).ToList()))
            .AddOrchestratorFunc("L1", context => context.CallSubOrchestratorAsync("L2", options: Named($"{context.InstanceId}_L2")))
            .AddOrchestratorFunc("L2", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(4), CancellationToken.None);
                await context.CallActivityAsync("Late");
            })
            .AddActivityFunc("Late", _ => Interlocked.Increment(ref executed)));

        string id = await host.ScheduleAndStartAsync("Root");
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Output, recursive), host.Cancellation);
        OrchestrationMetadata root = await host.EndOfAsync(id);
        await host.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, root.RuntimeStatus);
        Assert.Equal(Output, root.ReadOutputAs<string>());
        Assert.Equal(recursive ? 0 : 5, executed);
        for (int number = 0; number < 5; number++)
        {
            await AssertEndedAsync(host, $"{id}_{number}", recursive);
            await AssertEndedAsync(host, $"{id}_{number}_L2", recursive);
        }
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task GO8_TerminateOrchestration_Recursive_TerminateCompletedSubOrchestration_ReachesTheGrandchild(EngineKind engine, bool recursive)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Root", async context =>
            {
                await context.CallSubOrchestratorAsync("L1", options: Named($"{context.InstanceId}_L1"));
                await context.CreateTimer(TimeSpan.FromHours(4), CancellationToken.None);
            })
            .AddOrchestratorFunc("L1", context =>
            {
                // Not awaited: the child ends while its own child goes on.
                _ = context.CallSubOrchestratorAsync("L2", options: Named($"{context.InstanceId}_L2"));
                return Task.CompletedTask;
            })
            .AddOrchestratorFunc("L2", context => context.CreateTimer(TimeSpan.FromHours(4), CancellationToken.None)));

        string id = await host.ScheduleAndStartAsync("Root");
        await host.SettleAsync();
        OrchestrationMetadata child = await host.StateAsync($"{id}_L1");
        OrchestrationMetadata grandchild = await host.StateAsync($"{id}_L1_L2");
        await host.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Output, recursive), host.Cancellation);
        OrchestrationMetadata root = await host.EndOfAsync(id);
        await host.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, child.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, grandchild.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, root.RuntimeStatus);
        await AssertEndedAsync(host, $"{id}_L1", terminated: false);
        await AssertEndedAsync(host, $"{id}_L1_L2", terminated: recursive);
    }

    private static SubOrchestrationOptions Named(string id) => new() { InstanceId = id };

    private static async Task AssertEndedAsync(ConformanceHost host, string id, bool terminated)
    {
        OrchestrationMetadata state = await host.StateAsync(id);
        Assert.Equal(terminated ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal(terminated ? Output : null, state.ReadOutputAs<string>());
    }
}
