using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>What the orchestrator sees of its execution. It only translates; the state is in <see cref="OrchestrationExecution"/>.</summary>
internal sealed class EngineOrchestrationContext(OrchestrationExecution execution) : TaskOrchestrationContext
{
    private readonly RetryLoop _retries = new(execution);
    private ParentOrchestrationInstance? _parent;
    private int _guidCounter;

    public override TaskName Name => Identity.Name;

    public override string InstanceId => Identity.InstanceId;

    public override ParentOrchestrationInstance? Parent => Identity.Parent is { } link
        ? _parent ??= new ParentOrchestrationInstance(link.Name, link.InstanceId)
        : null;

    public override DateTime CurrentUtcDateTime => execution.Now;

    public override bool IsReplaying => execution.IsReplaying;

    public override string Version => Identity.Version;

    /// <summary>The input as the orchestrator's own input type.</summary>
    public object? Input { get; set; }

    protected override ILoggerFactory LoggerFactory => execution.Settings.LoggerFactory;

    private OrchestrationIdentity Identity => execution.Identity;

    private DataConverter Converter => execution.Settings.Converter;

    public override T? GetInput<T>()
        where T : default => Input switch
        {
            T typed => typed,
            null => default,
            _ => Converter.Deserialize<T>(Identity.Input),
        };

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        execution.RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        RefuseMisplacedOptions(input, options);
        string? serialized = Converter.Serialize(input);
        string version = options?.Version is { } chosen ? chosen.Version : Identity.Version;
        string? tags = Identity.MergeTags(options?.Tags);
        return options?.Retry is { } retry
            ? _retries.RunAsync(this, retry, () => execution.CallActivity<TResult>(name, version, serialized, tags))
            : execution.CallActivity<TResult>(name, version, serialized, tags);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        execution.RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        RefuseMisplacedOptions(input, options);
        string? serialized = Converter.Serialize(input);
        string version = options?.Version is { } chosen ? chosen.Version : execution.Settings.DefaultVersion;
        string? tags = Identity.MergeTags(options?.Tags);
        // One id for all attempts: a retry replaces the failed child. It depends on the execution, so a later one never meets it again.
        string childId = (options as SubOrchestrationOptions)?.InstanceId
            ?? DeterministicGuid.Create($"{InstanceId}/{Identity.ExecutionId}/{execution.NextTaskId}").ToString("N");
        return options?.Retry is { } retry
            ? _retries.RunAsync(this, retry, () => execution.StartChild<TResult>(orchestratorName, version, childId, serialized, tags))
            : execution.StartChild<TResult>(orchestratorName, version, childId, serialized, tags);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        execution.RequireTurn();
        // A time that has passed counts as now: the first moment of the calendar, which a default time is, has no place in the store.
        DateTime dueAt = fireAt.ToUniversalTime();
        dueAt = dueAt > execution.Now ? dueAt : execution.Now;
        return dueAt - execution.Now > execution.Settings.MaximumTimerInterval
            ? CreateSplitTimer(dueAt, cancellationToken)
            : execution.CreateTimer(dueAt, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        execution.RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return execution.WaitForEvent<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        execution.RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        execution.SendEvent(instanceId, eventName, Converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        execution.RequireTurn();
        execution.SetCustomStatus(Converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        execution.RequireTurn();
        string version = string.IsNullOrWhiteSpace(options.NewVersion) ? Identity.Version : options.NewVersion;
        execution.ContinueAsNew(Converter.Serialize(options.NewInput), version, options.PreserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        execution.RequireTurn();
        string time = execution.Now.ToString("o", CultureInfo.InvariantCulture);
        return DeterministicGuid.Create($"{InstanceId}_{time}_{_guidCounter++}");
    }

    private static void RefuseMisplacedOptions(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                "The input is a TaskOptions and no options are given. Pass the options as 'options:', or name the input explicitly.", nameof(input));
        }
    }

    private async Task CreateSplitTimer(DateTime dueAt, CancellationToken cancellationToken)
    {
        while (dueAt - execution.Now > execution.Settings.MaximumTimerInterval)
            await execution.CreateTimer(execution.Now + execution.Settings.MaximumTimerInterval, cancellationToken);
        await execution.CreateTimer(dueAt, cancellationToken);
    }
}
