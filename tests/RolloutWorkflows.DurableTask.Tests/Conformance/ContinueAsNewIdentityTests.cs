using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>What stays with an instance that continues as new, and what belongs to one execution only.</summary>
public sealed class ContinueAsNewIdentityTests
{
    [Theory, EveryEngine]
    public async Task ContinueAsNew_KeepsTagsVersionParentAndCustomStatus(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", 0, new SubOrchestrationOptions { InstanceId = "child", Version = "v1" }))
            .AddOrchestratorFunc<int, string>("Child", (context, iteration) =>
            {
                if (iteration == 0)
                {
                    context.SetCustomStatus("set once");
                    context.ContinueAsNew(1);
                }

                return $"{context.Parent?.Name} {context.Version}";
            }));

        string output = await host.OutputOfAsync<string>(
            "Parent", options: new StartOrchestrationOptions { Tags = new Dictionary<string, string> { ["team"] = "payments" } });
        OrchestrationMetadata child = await host.StateAsync("child");

        Assert.Equal("Parent v1", output);
        Assert.Equal("payments", child.Tags["team"]);
        Assert.Equal("set once", child.ReadCustomStatusAs<string>());
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_FollowedByAnException_Fails(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Faulty", context =>
            {
                context.ContinueAsNew();
                throw new InvalidOperationException("after all");
            }));

        OrchestrationMetadata ended = await host.RunAsync("Faulty");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("after all", ended.FailureDetails?.ErrorMessage);
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_RunsTheCodeAfterTheCallOnce(EngineKind engine)
    {
        int activities = 0;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, int>("Tail", async (context, iteration) =>
            {
                if (iteration == 0)
                    context.ContinueAsNew(1);
                return await context.CallActivityAsync<int>("Count");
            })
            .AddActivityFunc("Count", _ => Interlocked.Increment(ref activities)));

        Assert.Equal(2, await host.OutputOfAsync<int>("Tail", 0));
        Assert.Equal(2, activities);
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_LateResultOfTheFormerExecution_IsDropped(EngineKind engine)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, string>("Leaving", async (context, iteration) =>
            {
                if (iteration == 0)
                {
                    _ = context.CallActivityAsync<string>("Slow", "former");
                    await context.WaitForExternalEvent<string>("Leave");
                    context.ContinueAsNew(1);
                    return string.Empty;
                }

                return await context.CallActivityAsync<string>("Slow", "present");
            })
            .AddActivityFunc<string, string>("Slow", async (_, which) =>
            {
                if (which == "present")
                    await release.Task;
                return which;
            }));

        string id = await host.ScheduleAndStartAsync("Leaving", 0);
        await host.Client.RaiseEventAsync(id, "Leave", "now", host.Cancellation);
        release.SetResult();

        Assert.Equal("present", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_LateAnswerOfTheFormerExecutionsChild_IsDropped(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, string>("Leaving", async (context, iteration) =>
            {
                if (iteration == 0)
                {
                    _ = context.CallSubOrchestratorAsync<string>("Child", 1);
                    context.ContinueAsNew(1);
                    return string.Empty;
                }

                return await context.CallSubOrchestratorAsync<string>("Child", 2);
            })
            .AddOrchestratorFunc<int, string>("Child", async (context, hours) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                return $"child of {hours} hours";
            }));

        Assert.Equal("child of 2 hours", await host.OutputOfAsync<string>("Leaving", 0));
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_ChildrenWithoutAChosenId_NeverCollide(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string[]?, string[]>("Parent", async (context, before) =>
            {
                string[] ids = [.. before ?? [], await context.CallSubOrchestratorAsync<string>("Child")];
                if (ids.Length < 3)
                    context.ContinueAsNew(ids);
                return ids;
            })
            .AddOrchestratorFunc("Child", context => context.InstanceId));

        string[] ids = await host.OutputOfAsync<string[]>("Parent");

        Assert.Equal(3, ids.Distinct().Count());
    }
}
