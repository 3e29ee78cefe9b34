using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows D3 to D8: retries by policy and by handler, of activities and of sub-orchestrations alike.</summary>
public sealed class RetriesTests
{
    [Theory, EveryEngine(1), EveryEngine(2), EveryEngine(10)]
    public Task D3_RetryActivityFailures_TriesAsOftenAsThePolicySays(EngineKind engine, int attempts) => RetryByPolicy(engine, Work.Activity, attempts);

    [Theory, EveryEngine(1), EveryEngine(2), EveryEngine(10)]
    public Task D6_RetrySubOrchestrationFailures_TriesAsOftenAsThePolicySays(EngineKind engine, int attempts) =>
        RetryByPolicy(engine, Work.SubOrchestration, attempts);

    [Theory]
    [EveryEngine(1, typeof(ApplicationException))]
    [EveryEngine(2, typeof(CustomException))]
    [EveryEngine(10, typeof(Xunit.Sdk.XunitException))]
    public Task D4_RetryActivityFailuresCustomLogic_AsksTheHandlerAfterEachFailure(EngineKind engine, int attempts, Type type) =>
        RetryByHandler(engine, Work.Activity, attempts, type);

    [Theory]
    [EveryEngine(1, typeof(ApplicationException))]
    [EveryEngine(2, typeof(CustomException))]
    [EveryEngine(10, typeof(Xunit.Sdk.XunitException))]
    public Task D8_RetrySubOrchestratorFailuresCustomLogic_AsksTheHandlerAfterEachFailure(EngineKind engine, int attempts, Type type) =>
        RetryByHandler(engine, Work.SubOrchestration, attempts, type);

    [Theory]
    [EveryEngine(10, false, int.MaxValue, 2, 1, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(2, false, int.MaxValue, 0, 1, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(2, true, int.MaxValue, 0, 2, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(10, true, 4, 0, 5, OrchestrationRuntimeStatus.Completed)]
    public Task D5_RetryActivityFailuresCustomLogicAndPolicy_EndsByTheFirstLimit(
        EngineKind engine, int maxAttempts, bool handled, int failures, int timeoutMilliseconds, int attempts, OrchestrationRuntimeStatus status) =>
        RetryByPolicyAndFilter(engine, Work.Activity, Policy(maxAttempts, handled, timeoutMilliseconds), failures, attempts, status);

    [Theory]
    [EveryEngine(10, false, int.MaxValue, 2, 1, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(2, false, int.MaxValue, 0, 1, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(2, true, int.MaxValue, 0, 2, OrchestrationRuntimeStatus.Failed)]
    [EveryEngine(10, true, 4, 0, 5, OrchestrationRuntimeStatus.Completed)]
    public Task D7_RetrySubOrchestrationFailuresCustomLogicAndPolicy_EndsByTheFirstLimit(
        EngineKind engine, int maxAttempts, bool handled, int failures, int timeoutMilliseconds, int attempts, OrchestrationRuntimeStatus status) =>
        RetryByPolicyAndFilter(engine, Work.SubOrchestration, Policy(maxAttempts, handled, timeoutMilliseconds), failures, attempts, status);

    [Theory, EveryEngine(Work.Activity), EveryEngine(Work.SubOrchestration)]
    public async Task D5_RetryTimeout_EndsTheTriesOnOrchestrationTime(EngineKind engine, Work work)
    {
        RetryPolicy policy = new(100, TimeSpan.FromMinutes(1), retryTimeout: TimeSpan.FromMinutes(2.5));

        await RetryByPolicyAndFilter(engine, work, policy, int.MaxValue, attempts: 4, OrchestrationRuntimeStatus.Failed);
    }

    [Theory, EveryEngine]
    public async Task D3_RetryPauses_GrowByTheCoefficientUpToTheLongest(EngineKind engine)
    {
        RetryPolicy policy = new(5, TimeSpan.FromMinutes(1), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(10));
        await using FailingWork work = await FailingWork.StartAsync(engine, Work.Activity, TaskOptions.FromRetryPolicy(policy));

        OrchestrationMetadata ended = await work.RunAsync();

        // 1 + 3 + 9 + 10 minutes between five attempts, and no pause after the last one.
        Assert.Equal(5, work.Attempts);
        Assert.InRange(ended.LastUpdatedAt - ended.CreatedAt, TimeSpan.FromMinutes(23), TimeSpan.FromMinutes(23.9));
    }

    [Theory, EveryEngine]
    public async Task D4_AsyncRetryHandler_MayWaitOnADurableTimer(EngineKind engine)
    {
        TaskOptions options = TaskOptions.FromRetryHandler(async context =>
        {
            await context.OrchestrationContext.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return context.TotalRetryTime < TimeSpan.FromHours(2);
        });
        await using FailingWork work = await FailingWork.StartAsync(engine, Work.Activity, options);

        OrchestrationMetadata ended = await work.RunAsync();

        Assert.Equal(3, work.Attempts);
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromHours(3));
    }

    private static async Task RetryByPolicy(EngineKind engine, Work kind, int attempts)
    {
        RetryPolicy policy = new(attempts, TimeSpan.FromMilliseconds(1));
        await using FailingWork work = await FailingWork.StartAsync(engine, kind, TaskOptions.FromRetryPolicy(policy));

        OrchestrationMetadata ended = await work.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails?.IsCausedBy<TaskFailedException>());
        Assert.Equal(attempts, work.Attempts);
    }

    private static async Task RetryByHandler(EngineKind engine, Work kind, int attempts, Type type)
    {
        List<int> askedAfter = [];
        TaskOptions options = TaskOptions.FromRetryHandler(context =>
        {
            if (!context.OrchestrationContext.IsReplaying)
                askedAfter.Add(context.LastAttemptNumber);
            return context.LastFailure.IsCausedBy<Exception>() && context.LastFailure.IsCausedBy(type) && context.LastAttemptNumber < attempts;
        });
        await using FailingWork work = await FailingWork.StartAsync(engine, kind, options, type);

        OrchestrationMetadata ended = await work.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails?.IsCausedBy<TaskFailedException>());
        Assert.Equal(attempts, work.Attempts);
        Assert.Equal(Enumerable.Range(1, attempts), askedAfter);
    }

    private static async Task RetryByPolicyAndFilter(
        EngineKind engine, Work kind, RetryPolicy policy, int failures, int attempts, OrchestrationRuntimeStatus status)
    {
        await using FailingWork work = await FailingWork.StartAsync(engine, kind, TaskOptions.FromRetryPolicy(policy), failures: failures);

        OrchestrationMetadata ended = await work.RunAsync();

        Assert.Equal(status, ended.RuntimeStatus);
        Assert.Equal(attempts, work.Attempts);
        Assert.Equal(status == OrchestrationRuntimeStatus.Failed, ended.FailureDetails is not null);
    }

    private static RetryPolicy Policy(int maxAttempts, bool handled, int timeoutMilliseconds) =>
        new(maxAttempts, TimeSpan.FromMilliseconds(1), backoffCoefficient: 2, retryTimeout: timeoutMilliseconds == 0 ? null : TimeSpan.FromMilliseconds(timeoutMilliseconds))
        {
            HandleFailure = failure => handled && failure.IsCausedBy<CustomException>(),
        };
}
