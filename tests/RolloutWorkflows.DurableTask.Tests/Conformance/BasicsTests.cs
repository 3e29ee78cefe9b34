using System.Text.Json.Nodes;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A1, A7, A8, A18, A19 and A20: what an orchestrator sees and shows by itself.</summary>
public sealed class BasicsTests
{
    [Theory, EveryEngine]
    public async Task A1_EmptyOrchestration_CompletesUnderItsId(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Empty", _ => Task.FromResult<object?>(null)));

        string id = await host.ScheduleAsync("Empty");
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(id, ended.InstanceId);
        Assert.Equal("Empty", ended.Name);
        Assert.Null(ended.SerializedOutput);
    }

    [Theory, EveryEngine]
    public async Task A7_IsReplaying_TellsRebuiltStepsOnlyWhenReplayed(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Flags", async context =>
            {
                List<bool> seen = [context.IsReplaying];
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                seen.Add(context.IsReplaying);
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                seen.Add(context.IsReplaying);
                return seen;
            }));

        bool[] seen = await host.OutputOfAsync<bool[]>("Flags");

        bool rebuilt = engine.Replay() == ReplayMode.Always;
        Assert.Equal([rebuilt, rebuilt, false], seen);
    }

    [Theory, EveryEngine]
    public async Task A8_CurrentDateTimeUtc_IsEqualOnReplayAndMovesOnWithTheTurns(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Clock", async context =>
            {
                DateTime first = context.CurrentUtcDateTime;
                DateTime firstEchoed = await context.CallActivityAsync<DateTime>("Echo", first);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                DateTime second = context.CurrentUtcDateTime;
                DateTime secondEchoed = await context.CallActivityAsync<DateTime>("Echo", second);
                return new[] { first, firstEchoed, second, secondEchoed };
            })
            .AddActivityFunc<DateTime, DateTime>("Echo", (_, time) => time));

        DateTime[] times = await host.OutputOfAsync<DateTime[]>("Clock");

        Assert.Equal(DateTimeKind.Utc, times[0].Kind);
        Assert.Equal(times[0], times[1]);
        Assert.Equal(times[2], times[3]);
        Assert.True(times[2] - times[0] >= TimeSpan.FromMinutes(1));
    }

    [Theory, EveryEngine]
    public async Task A18_SetCustomStatus_IsReadableWhileRunningAndAfterTheEnd(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Status", async context =>
            {
                context.SetCustomStatus("Started!");
                context.SetCustomStatus(await context.WaitForExternalEvent<object>("Next"));
            }));

        string id = await host.ScheduleAsync("Status");
        OrchestrationMetadata running = await host.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "Next", ("Hello", 42), host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal("Started!", running.ReadCustomStatusAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(("Hello", 42), ended.ReadCustomStatusAs<(string, int)>());
    }

    [Theory, EveryEngine]
    public async Task A19_NewGuid_IsEqualOnReplayAndNeverTwiceTheSame(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Guids", async context =>
            {
                Guid first = context.NewGuid();
                Guid second = context.NewGuid();
                Guid secondEchoed = await context.CallActivityAsync<Guid>("Echo", second);
                Guid third = context.NewGuid();
                Guid thirdEchoed = await context.CallActivityAsync<Guid>("Echo", third);
                return new[] { first, second, secondEchoed, third, thirdEchoed };
            })
            .AddActivityFunc<Guid, Guid>("Echo", (_, guid) => guid));

        Guid[] guids = await host.OutputOfAsync<Guid[]>("Guids");

        Assert.Equal(guids[1], guids[2]);
        Assert.Equal(guids[3], guids[4]);
        Assert.Equal(3, guids.Distinct().Count());
        Assert.DoesNotContain(Guid.Empty, guids);
        Assert.All(guids, guid => Assert.Equal(5, guid.Version));
    }

    [Theory, EveryEngine]
    public async Task A20_SpecialSerialization_PassesJsonNodesThrough(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<JsonNode, JsonNode>("Json", (context, input) => context.CallActivityAsync<JsonNode>("Extend", input))
            .AddActivityFunc<JsonNode, JsonNode>("Extend", (_, input) =>
            {
                input["added"] = "by the activity";
                return input;
            }));

        JsonNode output = await host.OutputOfAsync<JsonNode>("Json", new JsonObject { ["given"] = "by the caller" });

        Assert.Equal("by the caller", (string?)output["given"]);
        Assert.Equal("by the activity", (string?)output["added"]);
    }
}
