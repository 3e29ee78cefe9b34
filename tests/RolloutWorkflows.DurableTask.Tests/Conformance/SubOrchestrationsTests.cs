using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A17 and GO3, and what this engine does where others leave the parent waiting for ever.</summary>
public sealed class SubOrchestrationsTests
{
    [Theory, EveryEngine]
    public async Task A17_SubOrchestration_CallsItselfAndAddsUp(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, int>("Recursive", async (context, depth) =>
                depth < 3 ? 5 + await context.CallSubOrchestratorAsync<int>("Recursive", depth + 1) : 5));

        Assert.Equal(15, await host.OutputOfAsync<int>("Recursive", 1));
    }

    [Theory, EveryEngine]
    public async Task GO3_SingleSubOrchestrator_Completed_KnowsItsParent(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string, string>("Parent", (context, input) =>
                context.CallSubOrchestratorAsync<string>("Child", input, new SubOrchestrationOptions { InstanceId = context.InstanceId + "_child" }))
            .AddOrchestratorFunc<string, string>("Child", (context, input) => $"{input} {context.Parent?.Name} {context.Parent?.InstanceId}"));

        string id = await host.ScheduleAsync("Parent", "Hello");
        string output = await host.OutputOfEndAsync<string>(id);
        OrchestrationMetadata child = await host.StateAsync(id + "_child");

        Assert.Equal($"Hello Parent {id}", output);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child.RuntimeStatus);
        Assert.Equal(id, child.ParentInstanceId);
    }

    [Theory, EveryEngine]
    public async Task GO3_SingleSubOrchestrator_Failed_FailsTheParentWithItsText(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions { InstanceId = "child" }))
            .AddOrchestratorFunc("Child", FailingChild));

        OrchestrationMetadata ended = await host.RunAsync("Parent");
        OrchestrationMetadata child = await host.StateAsync("child");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Child failed", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, child.RuntimeStatus);
    }

    [Theory, EveryEngine]
    public async Task GO3_SingleSubOrchestrator_Failed_Retries_IsTriedThreeTimesUnderOneId(EngineKind engine)
    {
        List<string> tries = [];
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions
            {
                InstanceId = context.InstanceId + "_child",
                Retry = new RetryPolicy(3, TimeSpan.FromMilliseconds(10), backoffCoefficient: 2),
            }))
            .AddOrchestratorFunc("Child", context =>
            {
                tries.Add(context.InstanceId);
                throw new InvalidOperationException("Child failed");
            }));

        string id = await host.ScheduleAsync("Parent");
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Child failed", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal([id + "_child", id + "_child", id + "_child"], tries);
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromMilliseconds(30));
    }

    [Theory, EveryEngine]
    public async Task SubOrchestration_Terminated_FailsTheCallWithTheReason(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { InstanceId = "child" });
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.FailureDetails.ErrorType}: {failure.FailureDetails.ErrorMessage}";
                }
            })
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Never")));

        string id = await host.ScheduleAndStartAsync("Parent");
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync("child", (object)"enough of it", host.Cancellation);
        string output = await host.OutputOfEndAsync<string>(id);

        Assert.StartsWith("SubOrchestrationTerminated: ", output, StringComparison.Ordinal);
        Assert.Contains("enough of it", output, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task SubOrchestration_WithTheIdOfARunningInstance_FailsTheCallAndLeavesItAlone(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { InstanceId = "taken" });
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ErrorType;
                }
            })
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("End")));

        await host.ScheduleAsync("Child", options: new StartOrchestrationOptions("taken"));
        await host.SettleAsync();
        string output = await host.OutputOfAsync<string>("Parent");
        await host.Client.RaiseEventAsync("taken", "End", "untouched", host.Cancellation);

        Assert.Contains("OrchestrationAlreadyExists", output, StringComparison.Ordinal);
        Assert.Equal("untouched", await host.OutputOfEndAsync<string>("taken"));
    }

    [Theory, EveryEngine]
    public async Task SubOrchestration_WithTheIdOfAnEndedInstance_ReplacesIt(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                SubOrchestrationOptions options = new() { InstanceId = "child" };
                int first = await context.CallSubOrchestratorAsync<int>("Child", 1, options);
                int second = await context.CallSubOrchestratorAsync<int>("Child", 2, options);
                return new[] { first, second };
            })
            .AddOrchestratorFunc<int, int>("Child", (_, number) => number * 10));

        int[] outputs = await host.OutputOfAsync<int[]>("Parent");

        Assert.Equal([10, 20], outputs);
        Assert.Equal(20, (await host.StateAsync("child")).ReadOutputAs<int>());
    }

    [Theory, EveryEngine]
    public async Task SubOrchestration_CalledTwiceUnderOneIdInOneTurn_RunsOnceAndFailsTheOtherCall(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => Task.WhenAll(CallTwin(context, 1), CallTwin(context, 2)))
            .AddOrchestratorFunc<int, string>("Child", async (context, number) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return $"child {number}";
            }));

        string[] outputs = await host.OutputOfAsync<string[]>("Parent");

        Assert.Equal(["child 1", "OrchestrationAlreadyExists"], outputs);
    }

    private static async Task<string> CallTwin(TaskOrchestrationContext context, int number)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<string>("Child", number, new SubOrchestrationOptions { InstanceId = "twin" });
        }
        catch (TaskFailedException failure)
        {
            return failure.FailureDetails.ErrorType;
        }
    }

    private static Task FailingChild(TaskOrchestrationContext context) => throw new InvalidOperationException("Child failed");
}
