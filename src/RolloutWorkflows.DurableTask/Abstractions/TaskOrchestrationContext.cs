using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask;

/// <summary>
/// All that an orchestrator may use: time, identifiers, and the effects it schedules. Every member belongs to the
/// orchestration's own thread of control; using it from a task that the context did not create fails.
/// </summary>
public abstract class TaskOrchestrationContext
{
    private ILoggerFactory? _replaySafeLoggerFactory;

    /// <summary>Name of the orchestrator.</summary>
    public abstract TaskName Name { get; }

    /// <summary>Id of this instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one, or <see langword="null"/> for a top-level one.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>Orchestration time in UTC: constant within a turn, and equal on replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether code runs that has run before, to rebuild its state.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Version of this instance; empty when unversioned.</summary>
    public virtual string Version => string.Empty;

    /// <summary>Settings of the context; empty unless the engine gives some.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties => ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Entities are not supported by this engine; the member keeps the name free.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public virtual object Entities => throw new NotSupportedException($"Durable entities are not supported by {GetType()}.");

    /// <summary>Makes loggers that write nothing while replaying.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => _replaySafeLoggerFactory ??= new ReplaySafeLoggerFactory(this);

    /// <summary>The factory under <see cref="CreateReplaySafeLogger(string)"/>.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The underlying factory, without any replay-safe wrapping.</summary>
    internal ILoggerFactory UnwrappedLoggerFactory =>
        LoggerFactory is ReplaySafeLoggerFactory wrapped && !ReferenceEquals(wrapped.Context, this)
            ? wrapped.Context.UnwrappedLoggerFactory
            : LoggerFactory;

    /// <summary>The input, or the default value when none was given.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Calls an activity.</summary>
    /// <param name="name">Name of the activity.</param>
    /// <param name="input">Its input; serialised and stored, so it should be small and free of secrets.</param>
    /// <param name="options">Retries, tags, version.</param>
    /// <returns>A task that ends with the activity.</returns>
    /// <exception cref="TaskFailedException">The activity failed.</exception>
    /// <exception cref="InvalidOperationException">Called from outside the orchestration's thread of control.</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <inheritdoc cref="CallActivityAsync(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <inheritdoc cref="CallActivityAsync(TaskName, object?, TaskOptions?)"/>
    /// <typeparam name="TResult">Type of the activity's output.</typeparam>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) =>
        CallActivityAsync<TResult>(name, null, options);

    /// <inheritdoc cref="CallActivityAsync(TaskName, object?, TaskOptions?)"/>
    /// <typeparam name="TResult">Type of the activity's output.</typeparam>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>A durable timer of any length.</summary>
    /// <param name="delay">Time from <see cref="CurrentUtcDateTime"/> on.</param>
    /// <param name="cancellationToken">Cancels the timer; the task then ends as cancelled.</param>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer of any length.</summary>
    /// <param name="fireAt">When it fires; never before this time.</param>
    /// <param name="cancellationToken">Cancels the timer; the task then ends as cancelled.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event raised to this instance. Events that came before are received first.</summary>
    /// <remarks>The newest of several waiters for one name receives first. A cancelled waiter never takes an event.</remarks>
    /// <param name="eventName">Name of the event, without regard to case.</param>
    /// <param name="cancellationToken">Cancels the wait; the task then ends as cancelled.</param>
    /// <typeparam name="T">Type of the payload; all waiters for one name must use the same.</typeparam>
    /// <exception cref="ArgumentException">Another waiter for this name uses another type.</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="WaitForExternalEvent{T}(string, TimeSpan, CancellationToken)"/>
    public virtual Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, but not longer than a time.</summary>
    /// <param name="eventName">Name of the event, without regard to case.</param>
    /// <param name="timeout">Longest wait; it is a durable timer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TaskCanceledException">The time passed, or the wait was cancelled.</exception>
    public virtual async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timerEnd = new();
        using CancellationTokenSource waitEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task timer = CreateTimer(timeout, timerEnd.Token);
        Task<T> received = WaitForExternalEvent<T>(eventName, waitEnd.Token);

        if (await Task.WhenAny(received, timer) == timer)
            waitEnd.Cancel();
        else
            timerEnd.Cancel();
        return await received;
    }

    /// <summary>Sends an event to another instance. An instance that does not exist or has ended does not receive it.</summary>
    /// <param name="instanceId">The receiving instance.</param>
    /// <param name="eventName">Name of the event.</param>
    /// <param name="payload">Payload; serialised and stored.</param>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets what status queries show beside the runtime status; <see langword="null"/> clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Calls another orchestrator and waits for its output.</summary>
    /// <param name="orchestratorName">Name of the orchestrator.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">Retries, tags, version; <see cref="SubOrchestrationOptions"/> to choose the instance id.</param>
    /// <exception cref="TaskFailedException">The sub-orchestration failed, was terminated, or an instance of the chosen id is running.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <summary>Starts the orchestration again with a new input and an empty history once the orchestrator returns.</summary>
    /// <param name="newInput">Input of the new execution.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody has received yet go over to the new execution.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts the orchestration again with an empty history once the orchestrator returns.</summary>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>A new identifier that is equal on replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that writes nothing while replaying.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) =>
        new ReplaySafeLogger(this, UnwrappedLoggerFactory.CreateLogger(categoryName));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, UnwrappedLoggerFactory.CreateLogger(type));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(this, UnwrappedLoggerFactory.CreateLogger<T>());

    /// <summary>Compares this instance's version with another: less than, equal to or greater than zero.</summary>
    public virtual int CompareVersionTo(string version) => TaskOrchestrationVersioningUtils.CompareVersions(Version, version);
}
