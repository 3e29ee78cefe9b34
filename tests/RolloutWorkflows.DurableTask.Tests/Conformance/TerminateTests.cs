using System.Text.Json;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A14 and GO8, and section 2.7: an instance ended from outside.</summary>
public sealed class TerminateTests
{
    [Theory, EveryEngine]
    public async Task A14_Termination_GivesTheOutputThatWasPassed(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        string id = await host.ScheduleAndStartAsync("Waiting");
        await host.Client.TerminateInstanceAsync(id, new { quote = "I'll be back." }, host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("I'll be back.", ended.ReadOutputAs<JsonElement>().GetProperty("quote").GetString());
    }

    [Theory, EveryEngine]
    public async Task GO8_TerminateOrchestration_StopsItsTimer(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        string id = await host.ScheduleAsync("Waiting");
        await host.Client.TerminateInstanceAsync(id, (object)"You got terminated!", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        OrchestrationMetadata later = await host.StateAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("\"You got terminated!\"", ended.SerializedOutput);
        Assert.Equal(ended.LastUpdatedAt, later.LastUpdatedAt);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, later.RuntimeStatus);
    }

    [Theory, EveryEngine]
    public async Task Terminate_Pending_EndsAtOnceAndNeverStarts(EngineKind engine)
    {
        int runs = 0;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Counting", _ => Interlocked.Increment(ref runs)));

        string id = await host.ScheduleAsync("Counting", options: new StartOrchestrationOptions(StartAt: host.Now.AddDays(1)));
        OrchestrationMetadata pending = await host.StateAsync(id);
        await host.Client.TerminateInstanceAsync(id, (object)"not today", host.Cancellation);
        await host.SettleAsync();
        OrchestrationMetadata ended = await host.StateAsync(id);
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, pending.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("not today", ended.ReadOutputAs<string>());
        Assert.Equal(0, runs);
    }

    [Theory, EveryEngine]
    public async Task Terminate_Suspended_IsShownAsTerminated(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        string id = await host.ScheduleAndStartAsync("Waiting");
        await host.Client.SuspendInstanceAsync(id, null, host.Cancellation);
        await host.Client.TerminateInstanceAsync(id, (object)"enough", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
    }

    [Theory, EveryEngine]
    public async Task Terminate_WithAnActivityUnderWay_DropsItsResult(EngineKind engine)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => context.CallActivityAsync<string>("Slow"))
            .AddActivityFunc("Slow", async _ =>
            {
                begun.SetResult();
                await release.Task;
                return "done";
            }));

        string id = await host.ScheduleAsync("Caller");
        await begun.Task.WaitAsync(host.Cancellation);
        await host.Client.TerminateInstanceAsync(id, (object)"first", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);
        release.SetResult();
        await host.SettleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("first", (await host.StateAsync(id)).ReadOutputAs<string>());
    }

    [Theory, EveryEngine]
    public async Task Terminate_OfAnEndedInstance_ChangesNothing(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks.AddOrchestratorFunc("Empty", _ => 1));

        string id = await host.ScheduleAsync("Empty");
        await host.EndOfAsync(id);
        await host.Client.TerminateInstanceAsync(id, (object)"too late", host.Cancellation);
        await host.SettleAsync();
        OrchestrationMetadata state = await host.StateAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal(1, state.ReadOutputAs<int>());
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine) => ConformanceHost.StartAsync(engine, tasks => tasks
        .AddOrchestratorFunc("Waiting", context => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None)));
}
