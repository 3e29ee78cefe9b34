using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows D1, D2, D9 and D10: what a failure tells, and how far it travels.</summary>
public sealed class ErrorsTests
{
    private const string Message = "Kah-BOOM!";

    [Theory, EveryEngine]
    public async Task D1_UnhandledActivityException_TellsTaskTextAndTheWholeChain(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Faulty", FaultyOrchestrator)
            .AddActivityFunc("FaultyActivity", FaultyActivity));

        OrchestrationMetadata ended = await host.RunAsync("Faulty");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        TaskFailureDetails failure = Assert.IsType<TaskFailureDetails>(ended.FailureDetails);
        Assert.Equal(typeof(TaskFailedException).FullName, failure.ErrorType);
        Assert.Contains("#0", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("FaultyActivity", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(Message, failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(nameof(FaultyOrchestrator), failure.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(FaultyActivity), failure.StackTrace, StringComparison.Ordinal);
        Assert.Equal(typeof(InvalidOperationException).FullName, failure.InnerFailure?.ErrorType);
        Assert.Equal(Message, failure.InnerFailure?.ErrorMessage);
        Assert.Contains(nameof(FaultyActivity), failure.InnerFailure?.StackTrace, StringComparison.Ordinal);
        Assert.Equal(typeof(CustomException).ToString(), failure.InnerFailure?.InnerFailure?.ErrorType);
        Assert.Equal("Inner!", failure.InnerFailure?.InnerFailure?.ErrorMessage);
    }

    [Theory]
    [EveryEngine(typeof(ApplicationException))]
    [EveryEngine(typeof(CustomException))]
    [EveryEngine(typeof(Xunit.Sdk.XunitException))]
    public async Task D2_UnhandledOrchestratorException_KeepsTypeTextAndStack(EngineKind engine, Type type)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Faulty", context =>
            {
                ThrowInOrchestrator(type);
                return Task.CompletedTask;
            }));

        OrchestrationMetadata ended = await host.RunAsync("Faulty");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        TaskFailureDetails failure = Assert.IsType<TaskFailureDetails>(ended.FailureDetails);
        Assert.Equal(type.FullName, failure.ErrorType);
        Assert.Equal(Message, failure.ErrorMessage);
        Assert.Contains(nameof(ThrowInOrchestrator), failure.StackTrace, StringComparison.Ordinal);
        Assert.Null(failure.InnerFailure);
        Assert.True(failure.IsCausedBy(type));
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task D9_TaskNotFoundErrors_AreNotRetried(EngineKind engine, bool activity)
    {
        int handlerCalls = 0;
        TaskOptions retry = TaskOptions.FromRetryHandler(_ =>
        {
            handlerCalls++;
            return true;
        });
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => activity
                ? context.CallActivityAsync("Bogus", options: retry)
                : context.CallSubOrchestratorAsync("Bogus", options: retry)));

        OrchestrationMetadata ended = await host.RunAsync("Caller");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(activity ? "ActivityTaskNotFound" : "OrchestratorTaskNotFound", ended.FailureDetails?.InnerFailure?.ErrorType);
        Assert.Contains("Bogus", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, handlerCalls);
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task D9_TaskNotFoundErrors_AreNotRetriedByAPolicyEither(EngineKind engine, bool activity)
    {
        TaskOptions retry = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1)));
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => activity
                ? context.CallActivityAsync("Bogus", options: retry)
                : context.CallSubOrchestratorAsync("Bogus", options: retry)));

        OrchestrationMetadata ended = await host.RunAsync("Caller");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt < TimeSpan.FromHours(1));
    }

    [Theory, EveryEngine]
    public async Task D10_InnerExceptionDetails_ArePreservedThroughASubOrchestration(EngineKind engine)
    {
        List<TaskFailureDetails> seen = [];
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", context => WatchAsync(context.CallSubOrchestratorAsync("Sub"), seen))
            .AddOrchestratorFunc("Sub", context => WatchAsync(context.CallActivityAsync("Thrower"), seen))
            .AddActivityFunc("Thrower", Thrower));

        OrchestrationMetadata ended = await host.RunAsync("Parent");

        TaskFailureDetails seenBySub = seen[0];
        TaskFailureDetails seenByParent = seen[^1];
        TaskFailureDetails shown = Assert.IsType<TaskFailureDetails>(ended.FailureDetails);
        AssertThreeLevels(seenBySub);
        Assert.True(seenByParent.IsCausedBy<TaskFailedException>());
        Assert.Contains("Thrower", seenByParent.ErrorMessage, StringComparison.Ordinal);
        AssertThreeLevels(seenByParent.InnerFailure);
        Assert.True(shown.IsCausedBy<TaskFailedException>());
        Assert.Contains("'Sub'", shown.ErrorMessage, StringComparison.Ordinal);
        Assert.True(shown.InnerFailure?.IsCausedBy<TaskFailedException>());
        AssertThreeLevels(shown.InnerFailure?.InnerFailure);
    }

    private static async Task FaultyOrchestrator(TaskOrchestrationContext context) => await context.CallActivityAsync("FaultyActivity");

    private static void FaultyActivity(TaskActivityContext context) =>
        throw new InvalidOperationException(Message, new CustomException("Inner!"));

    private static void Thrower(TaskActivityContext context) =>
        throw new CustomException("first", new ArgumentException("second", new TimeoutException("third")));

    private static void ThrowInOrchestrator(Type type) => throw (Exception)Activator.CreateInstance(type, Message)!;

    private static async Task WatchAsync(Task call, List<TaskFailureDetails> seen)
    {
        try
        {
            await call;
        }
        catch (TaskFailedException failure)
        {
            seen.Add(failure.FailureDetails);
            throw;
        }
    }

    private static void AssertThreeLevels(TaskFailureDetails? failure)
    {
        Assert.True(failure?.IsCausedBy<CustomException>());
        Assert.Equal("first", failure?.ErrorMessage);
        Assert.True(failure?.InnerFailure?.IsCausedBy<ArgumentException>());
        Assert.Equal("second", failure?.InnerFailure?.ErrorMessage);
        Assert.True(failure?.InnerFailure?.InnerFailure?.IsCausedBy<TimeoutException>());
        Assert.Equal("third", failure?.InnerFailure?.InnerFailure?.ErrorMessage);
    }
}
