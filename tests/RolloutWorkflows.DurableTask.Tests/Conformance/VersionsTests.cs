using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;
using static RolloutWorkflows.DurableTask.Worker.DurableTaskWorkerOptions;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A21 to A24: versions seen by orchestrators and activities, and those a worker takes.</summary>
public sealed class VersionsTests
{
    [Theory, EveryEngine]
    public async Task A21_OrchestrationVersionPassedThroughContext_IsTheClientsDefault(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.1");

        Assert.Equal("orchestration 0.1", await host.OutputOfAsync<string>("Versioned"));
    }

    [Theory, EveryEngine]
    public async Task A21_ActivityVersionPassedThroughContext_IsThatOfTheOrchestration(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.1");

        Assert.Equal("activity 0.1", await host.OutputOfAsync<string>("CallsActivity"));
    }

    [Theory, EveryEngine((object?)null), EveryEngine(VersionMatchStrategy.None)]
    public async Task A22_OrchestrationVersioning_WithoutMatching_IgnoresAMismatch(EngineKind engine, VersionMatchStrategy? match)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.2", Failing("0.1", match));

        Assert.Equal("orchestration 0.2", await host.OutputOfAsync<string>("Versioned"));
    }

    [Theory]
    [EveryEngine(VersionMatchStrategy.Strict, "0.1", "0.2", false)]
    [EveryEngine(VersionMatchStrategy.Strict, "0.2", "0.2", true)]
    [EveryEngine(VersionMatchStrategy.CurrentOrOlder, "0.1", "0.2", false)]
    [EveryEngine(VersionMatchStrategy.CurrentOrOlder, "0.3", "0.2", true)]
    [EveryEngine(VersionMatchStrategy.CurrentOrOlder, "0.10", "0.9", true)]
    public async Task A23_OrchestrationVersioning_ByMatchType_RunsOrFailsAsMismatch(
        EngineKind engine, VersionMatchStrategy match, string workerVersion, string clientVersion, bool runs)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion, Failing(workerVersion, match));

        OrchestrationMetadata ended = await host.RunAsync("Versioned");

        Assert.Equal(runs ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(runs ? null : "VersionMismatch", ended.FailureDetails?.ErrorType);
    }

    [Theory, EveryEngine]
    public async Task A23_OrchestrationVersioning_MismatchRejected_IsParkedWithTheReason(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.2", new VersioningOptions
        {
            Version = "0.1",
            MatchStrategy = VersionMatchStrategy.Strict,
            FailureStrategy = VersionFailureStrategy.Reject,
        });

        string id = await host.ScheduleAsync("Versioned");
        await host.SettleAsync();
        OrchestrationMetadata state = await host.StateAsync(id);

        Assert.False(state.IsCompleted);
        Assert.Contains("0.2", state.ParkedReason, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task A24_SubOrchestrationInheritsDefaultVersion_OfTheWorkerNotOfItsParent(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.1", new VersioningOptions { DefaultVersion = "0.7" });

        Assert.Equal("orchestration 0.7", await host.OutputOfAsync<string>("CallsChild"));
    }

    [Theory, EveryEngine("0.2"), EveryEngine("")]
    public async Task A24_OrchestrationTaskVersionOverridesDefaultVersion(EngineKind engine, string chosen)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.1");

        string output = await host.OutputOfAsync<string>("Versioned", options: new StartOrchestrationOptions { Version = chosen });

        Assert.Equal($"orchestration {chosen}", output);
    }

    [Theory, EveryEngine("0.2"), EveryEngine("")]
    public async Task A24_SubOrchestrationTaskVersionOverridesDefaultVersion(EngineKind engine, string chosen)
    {
        await using ConformanceHost host = await StartAsync(engine, clientVersion: "0.1", new VersioningOptions { DefaultVersion = "0.1" });

        Assert.Equal($"orchestration {chosen}", await host.OutputOfAsync<string>("CallsChildAt", chosen));
    }

    private static VersioningOptions Failing(string workerVersion, VersionMatchStrategy? match)
    {
        VersioningOptions options = new() { Version = workerVersion, FailureStrategy = VersionFailureStrategy.Fail };
        if (match is { } chosen)
            options.MatchStrategy = chosen;
        return options;
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine, string clientVersion, VersioningOptions? worker = null) =>
        ConformanceHost.StartAsync(
            engine,
            tasks => tasks
                .AddOrchestratorFunc("Versioned", context => $"orchestration {context.Version}")
                .AddOrchestratorFunc("CallsActivity", context => context.CallActivityAsync<string>("Activity"))
                .AddOrchestratorFunc("CallsChild", context => context.CallSubOrchestratorAsync<string>("Versioned"))
                .AddOrchestratorFunc<string, string>("CallsChildAt", (context, version) =>
                    context.CallSubOrchestratorAsync<string>("Versioned", options: new SubOrchestrationOptions { Version = version }))
                .AddActivityFunc("Activity", context => $"activity {context.Version}"),
            services =>
            {
                services.AddDurableTaskClient().UseDefaultVersion(clientVersion);
                if (worker is not null)
                    services.AddDurableTaskWorker().UseVersioning(worker);
            });
}
