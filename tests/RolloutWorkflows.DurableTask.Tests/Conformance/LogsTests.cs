using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>The log lines that rows A9 and D1 ask for, and logging by orchestrators.</summary>
public sealed class LogsTests
{
    [Theory, EveryEngine]
    public async Task A9_SingleActivity_LogsStartAndEndWithSizesOnceEach(EngineKind engine)
    {
        LogRecorder log = new();
        await using ConformanceHost host = await StartAsync(engine, log, tasks => tasks
            .AddOrchestratorFunc<string, string>("Caller", (context, name) => context.CallActivityAsync<string>("SayHello", name))
            .AddActivityFunc<string, string>("SayHello", (_, name) => $"Hello, {name}!"));

        string id = await host.ScheduleAsync("Caller", "World");
        await host.OutputOfEndAsync<string>(id);

        AssertOneLine(log, "OrchestrationStarted", id, "'Caller'");
        AssertOneLine(log, "ActivityStarted", id, "'SayHello'", $"{"\"World\"".Length} characters");
        AssertOneLine(log, "ActivityCompleted", id, "'SayHello'", $"{"\"Hello, World!\"".Length} characters");
        AssertOneLine(log, "OrchestrationEnded", id, "'Caller'", "Completed");
    }

    [Theory, EveryEngine]
    public async Task D1_UnhandledActivityException_IsLoggedWithItsException(EngineKind engine)
    {
        LogRecorder log = new();
        await using ConformanceHost host = await StartAsync(engine, log, tasks => tasks
            .AddOrchestratorFunc("Faulty", context => context.CallActivityAsync("FaultyActivity"))
            .AddActivityFunc("FaultyActivity", FaultyActivity));

        string id = await host.ScheduleAsync("Faulty");
        await host.EndOfAsync(id);

        AssertOneLine(log, "OrchestrationStarted", id, "'Faulty'");
        AssertOneLine(log, "ActivityStarted", id, "'FaultyActivity'");
        AssertOneLine(log, "ActivityFailed", id, "'FaultyActivity'");
        Assert.IsType<InvalidOperationException>(log.Of("ActivityFailed")[0].Error);
        AssertOneLine(log, "OrchestrationFailed", id, "'Faulty'", "Kah-BOOM!");
    }

    [Theory, EveryEngine]
    public async Task ReplaySafeLogger_WritesEachLineOnce(EngineKind engine)
    {
        LogRecorder log = new();
        await using ConformanceHost host = await StartAsync(engine, log, tasks => tasks
            .AddOrchestratorFunc("Talking", async context =>
            {
                ILogger logger = context.CreateReplaySafeLogger("Orchestrator");
                for (int step = 0; step < 3; step++)
                {
                    logger.LogInformation("step {Step}", step);
                    await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                }
            }));

        await host.RunAsync("Talking");

        Assert.Equal(["step 0", "step 1", "step 2"], log.TextsOf("Orchestrator"));
    }

    private static void FaultyActivity(TaskActivityContext context) => throw new InvalidOperationException("Kah-BOOM!");

    private static void AssertOneLine(LogRecorder log, string eventName, params string[] parts)
    {
        LogRecorder.Line line = Assert.Single(log.Of(eventName));
        Assert.All(parts, part => Assert.Contains(part, line.Text, StringComparison.Ordinal));
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine, LogRecorder log, Action<DurableTaskRegistry> tasks) =>
        ConformanceHost.StartAsync(engine, tasks, services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
}
