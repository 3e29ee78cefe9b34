using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Engine;

/// <summary>The engine while its file cannot be written, on virtual time.</summary>
public sealed class EngineOnFailingStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Turn_WhileTheFileIsLockedForAnHour_WaitsAndGoesOnByItself()
    {
        await using var store = Open();
        await using var host = await StartAsync(store);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("wait");
        await host.RunUntilIdleAsync();

        using (var other = SqliteDatabase.Open(folder.Database))
        {
            other.Execute("BEGIN IMMEDIATE");
            await host.AdvanceAsync(TimeSpan.FromHours(1));
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
            other.Execute("ROLLBACK");
        }

        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        var ended = await host.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended!.RuntimeStatus);
        Assert.Equal(7, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Client_WhileTheFileIsLocked_IsToldAndNothingIsAccepted()
    {
        await using var store = Open();
        await using var host = await StartAsync(store);
        using (var other = SqliteDatabase.Open(folder.Database))
        {
            other.Execute("BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, new StartOrchestrationOptions("a")));
            other.Execute("ROLLBACK");
        }

        Assert.Null(await host.Client.GetInstanceAsync("a"));
    }

    private SqliteOrchestrationStore Open() => new(new SqliteStoreOptions { Path = folder.Database, BusyTimeout = TimeSpan.Zero });

    private static Task<DurableTaskTestHost> StartAsync(IOrchestrationStore store) => DurableTaskTestHost.StartAsync(
        tasks => tasks.AddOrchestratorFunc<object, int>("wait", async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return 7;
        }),
        new DurableTaskTestHostOptions { Store = store, AutoAdvance = false });
}
