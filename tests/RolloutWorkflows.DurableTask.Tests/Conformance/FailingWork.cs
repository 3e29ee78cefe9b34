using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>A host with an orchestrator that calls work which fails a number of times.</summary>
internal sealed class FailingWork : IAsyncDisposable
{
    private readonly Type _exceptionType;
    private readonly int _failures;
    private ConformanceHost? _host;
    private int _attempts;

    private FailingWork(Type exceptionType, int failures)
    {
        _exceptionType = exceptionType;
        _failures = failures;
    }

    /// <summary>How often the work was begun.</summary>
    public int Attempts => _attempts;

    public static async Task<FailingWork> StartAsync(
        EngineKind engine, Work kind, TaskOptions options, Type? exceptionType = null, int failures = int.MaxValue)
    {
        FailingWork work = new(exceptionType ?? typeof(CustomException), failures);
        work._host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => kind == Work.Activity
                ? context.CallActivityAsync("Work", options: options)
                : context.CallSubOrchestratorAsync("Work", options: options))
            .AddOrchestratorFunc("Work", work.Attempt)
            .AddActivityFunc("Work", work.Attempt));
        return work;
    }

    public Task<OrchestrationMetadata> RunAsync() => _host!.RunAsync("Caller");

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private void Attempt(TaskOrchestrationContext context) => Attempt();

    private void Attempt(TaskActivityContext context) => Attempt();

    private void Attempt()
    {
        if (Interlocked.Increment(ref _attempts) <= _failures)
            throw (Exception)Activator.CreateInstance(_exceptionType, "Not yet.")!;
    }
}
