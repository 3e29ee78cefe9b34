using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>Messages that are read from their rows.</summary>
public sealed class StoredMessagesTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Message_ThatCannotBeRead_ParksTheInstance_WhichCanBeTerminated()
    {
        await using (DurableTaskTestHost first = await StartAsync())
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("collect", new StartOrchestrationOptions(InstanceId: "a"));
            await first.RunUntilIdleAsync();
        }

        await _store.CommitAsync(new() { Messages = [new() { Sequence = 1_000, InstanceId = "a", Payload = "{\"k\":\"tomorrow\"}"u8.ToArray() }] });
        await using DurableTaskTestHost second = await StartAsync();
        await second.AdvanceAsync(TimeSpan.FromHours(1));
        OrchestrationMetadata? parked = await second.Client.GetInstancesAsync("a");
        await second.Client.TerminateInstanceAsync("a");
        await second.AdvanceAsync(TimeSpan.FromHours(1));
        OrchestrationMetadata? ended = await second.Client.GetInstancesAsync("a");

        Assert.Contains("stored message 1000 cannot be read", parked!.ParkedReason, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended!.RuntimeStatus);
    }

    [Fact]
    public async Task Message_HandedOverBeforeOlderOnesAreRead_IsStillReceivedAfterThem()
    {
        await using DurableTaskTestHost host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("collect", new StartOrchestrationOptions(InstanceId: "a"));
        await host.RunUntilIdleAsync();
        bool failed = false;
        _store.BeforeCommit = unit =>
        {
            if (failed || unit.Update is null)
                return;
            failed = true;
            throw new StoreException("not now");
        };

        await host.Client.RaiseEventAsync("a", "n", 1);
        await host.RunUntilIdleAsync();
        await host.Client.RaiseEventAsync("a", "n", 2);
        // Stored, but its sender has not handed it over yet.
        await _store.CommitAsync(new()
        {
            Messages = [new() { Sequence = 1_000, InstanceId = "a", Payload = HistorySerializer.Write(new EventRaised("n", "3")) }],
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        OrchestrationMetadata? ended = await host.Client.GetInstancesAsync("a", getInputsAndOutputs: true);

        Assert.True(failed);
        Assert.Equal([1, 2, 3], ended!.ReadOutputAs<List<int>>()!);
    }

    [Fact]
    public async Task Timer_ForADefaultTime_IsDueAtOnceAndNotBefore()
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc("past", context => context.CreateTimer(default(DateTime), CancellationToken.None)),
            options => options.Store = _store);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("past");
        await host.Client.WaitForInstanceCompletionAsync(id);

        IReadOnlyList<HistoryEvent> history = await host.Administration.GetHistoryAsync(id);

        Assert.Equal(Assert.IsType<TurnStarted>(history[0]).At, Assert.Single(history.OfType<TimerCreated>()).DueAt);
    }

    private Task<DurableTaskTestHost> StartAsync() => DurableTaskTestHost.StartAsync(
        tasks => tasks.AddOrchestratorFunc<int, List<int>>("collect", async (context, _) =>
        {
            List<int> seen = [];
            while (seen.Count < 3)
                seen.Add(await context.WaitForExternalEvent<int>("n"));
            return seen;
        }),
        options =>
        {
            options.Store = _store;
            options.AutoAdvance = false;
        });
}
