using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

public sealed class ClientTests
{
    [Fact]
    public async Task RaiseEvent_ToNobody_LeavesADeadLetter()
    {
        await using DurableTaskTestHost host = await StartAsync();

        await host.Client.RaiseEventAsync("nobody", "go", 1);

        DeadLetter letter = Assert.Single(await host.Administration.GetDeadLettersAsync());
        Assert.Equal(("nobody", DeadLetter.UnknownInstance), (letter.InstanceId, letter.Reason));
    }

    [Fact]
    public async Task RaiseEvent_ToAnEndedInstance_ThrowsWhenAskedTo()
    {
        await using DurableTaskTestHost host = await StartAsync(options => options.ConfigureClient = client => client.ThrowOnUndeliverable = true);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("echo", 1);
        await host.Client.WaitForInstanceCompletionAsync(id);

        EventNotDeliverableException error = await Assert.ThrowsAsync<EventNotDeliverableException>(() => host.Client.RaiseEventAsync(id, "go"));

        Assert.Equal("go", error.EventName);
    }

    [Fact]
    public async Task Start_WithTheIdOfARunningInstance_Throws_AndOfAnEndedOneReplacesIt()
    {
        await using DurableTaskTestHost host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("gate", new StartOrchestrationOptions("one"));

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => host.Client.ScheduleNewOrchestrationInstanceAsync("gate", new StartOrchestrationOptions("one")));
        await host.Client.RaiseEventAsync("one", "go", 1);
        await host.Client.WaitForInstanceCompletionAsync("one");
        await host.Client.ScheduleNewOrchestrationInstanceAsync("echo", 9, new StartOrchestrationOptions("one"));
        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true);

        Assert.Equal(("echo", 9), (result.Name, result.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task StartAt_InTheFuture_StaysPendingUntilThen()
    {
        await using DurableTaskTestHost host = await StartAsync();
        DateTimeOffset startAt = host.Time.GetUtcNow().AddDays(3);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("gate", new StartOrchestrationOptions(StartAt: startAt));
        await host.Client.RaiseEventAsync(id, "go", 2);
        await host.RunUntilIdleAsync();
        OrchestrationMetadata pending = (await host.Client.GetInstanceAsync(id))!;

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, pending.RuntimeStatus);
        Assert.Equal(2, result.ReadOutputAs<int>());
        Assert.Equal(startAt, result.LastUpdatedAt);
    }

    [Fact]
    public async Task Terminate_OfAPendingInstance_EndsItWithoutRunningIt()
    {
        await using DurableTaskTestHost host = await StartAsync();
        StartOrchestrationOptions options = new(StartAt: host.Time.GetUtcNow().AddDays(3));
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("echo", 5, options);

        await host.Client.TerminateInstanceAsync(id, "no");
        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, result.RuntimeStatus);
        Assert.Equal("no", result.ReadOutputAs<string>());
        Assert.Equal(result.CreatedAt, result.LastUpdatedAt);
    }

    [Fact]
    public async Task List_InPages_GivesEveryInstanceOnceInOrder()
    {
        await using DurableTaskTestHost host = await StartAsync();
        for (int i = 0; i < 21; i++)
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync("echo", i, new StartOrchestrationOptions($"i{i:00}"));
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        List<int> sizes = [];
        List<string> ids = [];
        await foreach (Page<OrchestrationMetadata> page in host.Client.GetAllInstancesAsync(new() { PageSize = 5, InstanceIdPrefix = "i" }).AsPages())
        {
            sizes.Add(page.Values.Count);
            ids.AddRange(page.Values.Select(one => one.InstanceId));
        }

        Assert.Equal([5, 5, 5, 5, 1], sizes);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => $"i{i:00}"), ids);
    }

    [Fact]
    public async Task Purge_OfARunningInstance_Throws_AndOfEndedOnesRemovesThem()
    {
        await using DurableTaskTestHost host = await StartAsync();
        string running = await host.Client.ScheduleNewOrchestrationInstanceAsync("gate");
        string ended = await host.Client.ScheduleNewOrchestrationInstanceAsync("echo", 1);
        await host.Client.WaitForInstanceCompletionAsync(ended);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync(running));
        PurgeResult result = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter());

        Assert.Equal(1, result.PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync(ended));
        Assert.NotNull(await host.Client.GetInstanceAsync(running));
    }

    private static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskTestHostOptions>? configure = null) => DurableTaskTestHost.StartAsync(
        tasks => tasks
            .AddOrchestratorFunc<int, int>("echo", (_, input) => Task.FromResult(input))
            .AddOrchestratorFunc<int, int>("gate", (context, _) => context.WaitForExternalEvent<int>("go")),
        configure);
}
