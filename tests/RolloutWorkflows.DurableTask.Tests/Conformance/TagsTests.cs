using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A2, A3, A4 and A25: tags of instances, of sub-orchestrations and of activity calls.</summary>
public sealed class TagsTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["tag1"] = "value1", ["tag2"] = "value2" };

    [Theory, EveryEngine]
    public async Task A2_ScheduleOrchestrationWithTags_ShowsThemInItsState(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Tagged", _ => Task.FromResult<object?>(null)));

        OrchestrationMetadata ended = await host.RunAsync("Tagged", options: new StartOrchestrationOptions { Tags = Tags });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(Tags, ended.Tags);
    }

    [Theory, EveryEngine]
    public async Task A3_ScheduleSubOrchestrationWithTags_ShowsThemOnTheChild(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
                await context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions { InstanceId = "child", Tags = Tags }))
            .AddOrchestratorFunc("Child", _ => 1));

        int output = await host.OutputOfAsync<int>("Parent");
        OrchestrationMetadata child = await host.StateAsync("child");

        Assert.Equal(1, output);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child.RuntimeStatus);
        Assert.Equal(Tags, child.Tags);
    }

    [Theory, EveryEngine]
    public async Task A4_ScheduleSubOrchestrationWithTagsAndRetryPolicy_RetriesUnderTheSameId(EngineKind engine)
    {
        int invocations = 0;
        int failures = 0;
        SubOrchestrationOptions options = new()
        {
            InstanceId = "child",
            Tags = Tags,
            Retry = new RetryPolicy(maxNumberOfAttempts: 2, firstRetryInterval: TimeSpan.FromMilliseconds(500)),
        };
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, int>("Recursive", async (context, depth) =>
            {
                if (!context.IsReplaying)
                    Interlocked.Increment(ref invocations);
                if (depth == 2 && Interlocked.Increment(ref failures) == 1)
                    throw new InvalidOperationException("The first attempt of the child fails.");
                return depth < 2 ? 1 + await context.CallSubOrchestratorAsync<int>("Recursive", depth + 1, options) : 1;
            }));

        int output = await host.OutputOfAsync<int>("Recursive", 1);
        OrchestrationMetadata child = await host.StateAsync("child");

        Assert.Equal(2, output);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child.RuntimeStatus);
        Assert.Equal(Tags, child.Tags);
        Assert.Equal(3, invocations);
    }

    [Theory, EveryEngine]
    public async Task A25_RunActivityWithTags_GivesTheActivityTheMergedTags(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string, string>("Caller", (context, name) => context.CallActivityAsync<string>(
                "Tagged", name, new TaskOptions { Tags = new Dictionary<string, string> { ["tag2"] = "own", ["tag3"] = "value3" } }))
            .AddActivityFunc<string, string>("Tagged", (context, name) =>
                $"{name}:{string.Join(',', ((IDurableActivityFeature)context).Tags.OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}"))}"));

        string output = await host.OutputOfAsync<string>("Caller", "World", new StartOrchestrationOptions { Tags = Tags });

        Assert.Equal("World:tag1=value1,tag2=own,tag3=value3", output);
    }

    [Theory, EveryEngine]
    public async Task Tags_OfAChild_AreThoseOfItsParentWithItsOwnOnTop(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions
            {
                InstanceId = "child",
                Tags = new Dictionary<string, string> { ["tag2"] = "own" },
            }))
            .AddOrchestratorFunc("Child", _ => 1));

        await host.RunAsync("Parent", options: new StartOrchestrationOptions { Tags = Tags });
        OrchestrationMetadata child = await host.StateAsync("child");

        Assert.Equal(new Dictionary<string, string> { ["tag1"] = "value1", ["tag2"] = "own" }, child.Tags);
    }
}
