using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>A termination that was accepted takes effect, whatever else happens at the same time.</summary>
public sealed class TerminationRacesTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task RecursiveTermination_InTheTurnThatEndsTheInstance_StillEndsItsChildren()
    {
        await using (DurableTaskTestHost first = await StartAsync())
            await BeginAsync(first);
        await _store.CommitAsync(new()
        {
            Messages = [Message(1_000, new EventRaised("go", null)), Message(1_001, new ExecutionTerminated("\"enough\"", true))],
        });

        await using DurableTaskTestHost second = await StartAsync();
        await second.RunUntilIdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await StatusAsync("parent"));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await StatusAsync("child"));
    }

    [Fact]
    public async Task RecursiveTermination_WhileTheEndOfTheInstanceIsBeingStored_StillEndsItsChildren()
    {
        await using DurableTaskTestHost host = await StartAsync();
        await BeginAsync(host);
        Task? terminated = null;
        _store.BeforeCommit = unit =>
        {
            if (unit.Update is { HasEnded: true } && terminated is null)
                terminated = host.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("enough", Recursive: true));
        };

        await host.Client.RaiseEventAsync("parent", "go");
        await host.RunUntilIdleAsync();

        Assert.True(terminated is { IsCompletedSuccessfully: true });
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await StatusAsync("parent"));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await StatusAsync("child"));
    }

    [Fact]
    public async Task Termination_OfAnInstanceWhoseTurnsFail_EndsItInsteadOfParkingIt()
    {
        await using (DurableTaskTestHost first = await StartAsync())
            await BeginAsync(first);
        await using DurableTaskTestHost second = await StartAsync(tasks => tasks
            .AddOrchestrator("parent", () => throw new InvalidOperationException("a service is missing"))
            .AddOrchestratorFunc<int, int>("child", (context, _) => context.WaitForExternalEvent<int>("never")));

        await second.Client.TerminateInstanceAsync("parent");
        await second.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await StatusAsync("parent"));
    }

    [Fact]
    public async Task RecursivePurge_OfInstancesThatStartedEachOther_Ends()
    {
        await using DurableTaskTestHost host = await StartAsync();
        await _store.CommitAsync(new() { Creations = [Ended("a", "b"), Ended("b", "a")] });

        PurgeResult result = await host.Client.PurgeInstanceAsync("a", new PurgeInstanceOptions(Recursive: true));

        Assert.Equal(2, result.PurgedInstanceCount);
    }

    private static async Task BeginAsync(DurableTaskTestHost host)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync("parent", new StartOrchestrationOptions(InstanceId: "parent"));
        await host.RunUntilIdleAsync();
    }

    private async Task<OrchestrationRuntimeStatus> StatusAsync(string id) => (await _store.GetInstanceAsync(id, default))!.Status;

    private static StoreMessage Message(long sequence, HistoryEvent content) => new()
    {
        Sequence = sequence,
        InstanceId = "parent",
        Payload = HistorySerializer.Write(content),
    };

    private static InstanceCreation Ended(string id, string parent) => new()
    {
        Instance = new()
        {
            InstanceId = id,
            ExecutionId = "e",
            Name = "parent",
            Parent = new(parent, "e", 0, "parent"),
            Status = OrchestrationRuntimeStatus.Completed,
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        },
        ForbiddenStatuses = [],
    };

    private Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry>? tasks = null) => DurableTaskTestHost.StartAsync(
        tasks ?? (registry => registry
            .AddOrchestratorFunc("parent", async context =>
            {
                _ = context.CallSubOrchestratorAsync<int>("child", options: new SubOrchestrationOptions(instanceId: "child"));
                await context.WaitForExternalEvent<object?>("go");
            })
            .AddOrchestratorFunc<int, int>("child", (context, _) => context.WaitForExternalEvent<int>("never"))),
        options =>
        {
            options.Store = _store;
            options.AutoAdvance = false;
        });
}
