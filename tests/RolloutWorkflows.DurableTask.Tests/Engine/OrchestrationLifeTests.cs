using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>Whole orchestrations on virtual time.</summary>
public sealed class OrchestrationLifeTests
{
    public static TheoryData<ReplayMode> Modes => [ReplayMode.Always, ReplayMode.Sticky];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Chain_TenActivities_CompletesWithTheirResult(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<int, int>("chain", async (context, input) =>
                {
                    int value = input;
                    for (int i = 0; i < 10; i++)
                        value = await context.CallActivityAsync<int>("plus", value);
                    return value;
                })
                .AddActivityFunc<int, int>("plus", (_, input) => input + 1),
            options => options.Replay = replay);

        OrchestrationMetadata result = await RunAsync(host, "chain", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.RuntimeStatus);
        Assert.Equal(15, result.ReadOutputAs<int>());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Timer_OfThreeWeeks_PassesInVirtualTime(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, DateTime>("soak", async (context, _) =>
            {
                for (int i = 0; i < 21; i++)
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }),
            options => options.Replay = replay);
        DateTimeOffset start = host.Time.GetUtcNow();

        OrchestrationMetadata result = await RunAsync(host, "soak", 0);

        Assert.Equal(start.UtcDateTime.AddDays(21), result.ReadOutputAs<DateTime>());
        Assert.Equal(start.AddDays(21), result.LastUpdatedAt);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Timer_LongerThanARuntimeTimer_FiresAtItsTimeAndNotBefore(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, int>("years", async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromDays(900), CancellationToken.None);
                return 1;
            }),
            options => options.Replay = replay);

        OrchestrationMetadata result = await RunAsync(host, "years", 0);

        Assert.Equal(TimeSpan.FromDays(900), result.LastUpdatedAt - result.CreatedAt);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Event_RaisedWhileWaiting_ResumesTheOrchestration(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, string>("gate", (context, _) =>
                context.WaitForExternalEvent<string>("approval", TimeSpan.FromDays(30))),
            options => options.Replay = replay);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("gate");
        await host.RunUntilIdleAsync();
        await host.Client.RaiseEventAsync(id, "APPROVAL", "yes");

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("yes", result.ReadOutputAs<string>());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Child_Failing_FailsItsCallWithNestedDetails(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<int, string>("parent", async (context, _) =>
                {
                    try
                    {
                        return await context.CallSubOrchestratorAsync<string>("child");
                    }
                    catch (TaskFailedException error) when (error.FailureDetails.IsCausedBy<TaskFailedException>())
                    {
                        return error.FailureDetails.InnerFailure!.ErrorType;
                    }
                })
                .AddOrchestratorFunc("child", context => context.CallActivityAsync("boom"))
                .AddActivityFunc<object?, object?>("boom", (TaskActivityContext _, object? _) => throw new InvalidOperationException("Kah-BOOM")),
            options => options.Replay = replay);

        OrchestrationMetadata result = await RunAsync(host, "parent", 0);

        Assert.Equal(typeof(InvalidOperationException).FullName, result.ReadOutputAs<string>());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Activity_DelayingOnTheVirtualClock_CountsAsWaitingForTime(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("run", context => context.CallActivityAsync<int>("slow"))
                .AddActivity("slow", services => FuncTaskActivity.Create<object?, int>(async (_, _) =>
                {
                    await Task.Delay(TimeSpan.FromHours(5), (TimeProvider)services.GetService(typeof(TimeProvider))!);
                    return 7;
                })),
            options => options.Replay = replay);

        OrchestrationMetadata result = await RunAsync(host, "run", 0);

        Assert.Equal(7, result.ReadOutputAs<int>());
        Assert.True(result.LastUpdatedAt - result.CreatedAt >= TimeSpan.FromHours(5));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task ContinueAsNew_WithEventsUpFront_LosesNoneAndKeepsTheirOrder(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<List<int>, List<int>>("collect", async (context, seen) =>
            {
                seen ??= [];
                seen.Add(await context.WaitForExternalEvent<int>("number"));
                if (seen.Count < 11)
                    context.ContinueAsNew(seen);
                return seen;
            }),
            options => options.Replay = replay);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("collect");
        for (int i = 0; i < 11; i++)
            await host.Client.RaiseEventAsync(id, "number", i);

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(Enumerable.Range(0, 11), result.ReadOutputAs<List<int>>()!);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Suspend_WhileActivityRuns_HoldsItsResultUntilResumed(ReplayMode replay)
    {
        await using DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, string>("gate", async (context, _) =>
                await context.WaitForExternalEvent<string>("a") + await context.WaitForExternalEvent<string>("a")),
            options => options.Replay = replay);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("gate");
        await host.Client.SuspendInstanceAsync(id, "wait");
        await host.Client.RaiseEventAsync(id, "a", "1");
        await host.Client.RaiseEventAsync(id, "a", "2");
        await host.RunUntilIdleAsync();
        OrchestrationMetadata suspended = (await host.Client.GetInstanceAsync(id))!;
        await host.Client.ResumeInstanceAsync(id);

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal("12", result.ReadOutputAs<string>());
    }

    private static async Task<OrchestrationMetadata> RunAsync(DurableTaskTestHost host, string name, object? input)
    {
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync(name, input);
        return await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
    }
}
