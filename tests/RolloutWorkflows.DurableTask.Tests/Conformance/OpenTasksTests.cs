using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Section 2.4: an orchestrator that ends while something it asked for is still open.</summary>
public sealed class OpenTasksTests
{
    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task Complete_WithAnOpenTimer_EndsAtOnceUnlessParityIsAskedFor(EngineKind engine, bool atOnce)
    {
        await using ConformanceHost host = await StartAsync(engine, atOnce, tasks => tasks
            .AddOrchestratorFunc("Leaving", context =>
            {
                _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return "left";
            }));

        OrchestrationMetadata ended = await host.RunAsync("Leaving");

        Assert.Equal("left", ended.ReadOutputAs<string>());
        Assert.Equal(atOnce, ended.LastUpdatedAt - ended.CreatedAt < TimeSpan.FromHours(1));
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task Fail_WithAnOpenActivity_EndsAtOnceUnlessParityIsAskedFor(EngineKind engine, bool atOnce)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ConformanceHost host = await StartAsync(engine, atOnce, tasks => tasks
            .AddOrchestratorFunc("Leaving", async context =>
            {
                _ = context.CallActivityAsync<int>("Slow");
                await context.WaitForExternalEvent<string>("Fail");
                throw new InvalidOperationException("on purpose");
            })
            .AddActivityFunc("Slow", async _ =>
            {
                await release.Task;
                return 1;
            }));

        string id = await host.ScheduleAndStartAsync("Leaving");
        await host.Client.RaiseEventAsync(id, "Fail", "now", host.Cancellation);
        OrchestrationMetadata meanwhile = atOnce ? await host.EndOfAsync(id) : await host.StateAsync(id);
        release.SetResult();
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(atOnce ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Running, meanwhile.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("on purpose", ended.FailureDetails?.ErrorMessage);
    }

    [Theory, EveryEngine]
    public async Task Complete_WithAnActivityNotAwaited_RunsItNevertheless(EngineKind engine)
    {
        TaskCompletionSource ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ConformanceHost host = await StartAsync(engine, atOnce: true, tasks => tasks
            .AddOrchestratorFunc("Leaving", context =>
            {
                _ = context.CallActivityAsync("Notify");
                return "left";
            })
            .AddActivityFunc("Notify", _ => ran.SetResult()));

        Assert.Equal("left", await host.OutputOfAsync<string>("Leaving"));
        await ran.Task.WaitAsync(host.Cancellation);
    }

    [Theory, EveryEngine]
    public async Task Complete_WhileWaitingForAnEvent_IsNotHeldUp(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, atOnce: false, tasks => tasks
            .AddOrchestratorFunc("Leaving", context =>
            {
                _ = context.WaitForExternalEvent<string>("Never");
                return "left";
            }));

        Assert.Equal("left", await host.OutputOfAsync<string>("Leaving"));
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine, bool atOnce, Action<DurableTaskRegistry> tasks) => ConformanceHost.StartAsync(
        engine, tasks, services => services.Configure<EmbeddedEngineOptions>(options => options.CompleteWithOpenTasks = atOnce));
}
