using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Activities;
using RolloutWorkflows.DurableTask.Execution.Actors;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>The engine of a process: opens the store, brings back what was under way, and ties its parts together.</summary>
internal sealed partial class OrchestrationEngine : IOrchestrationAdministration, IAsyncDisposable
{
    private readonly EmbeddedEngineOptions _options;
    private readonly ILogger _logger;
    private readonly ActorServices _actors;
    private readonly ActivityRunner _runner;
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private IReadOnlyList<string> _runnable = [];
    private volatile bool _open;
    private bool _cleanStart = true;
    private DateTime _openedAt;
    private bool _closed;

    // From here on the store may have another owner, whose message numbers are not known here.
    private volatile bool _storeClosed;
    private int _disposed;

    public OrchestrationEngine(
        IServiceProvider services,
        IOptionsMonitor<DurableTaskRegistry> registries,
        IOptionsMonitor<DurableTaskWorkerOptions> workers,
        IOptions<EmbeddedEngineOptions> options,
        TimeProvider time)
    {
        ILoggerFactory loggerFactory = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        string worker = services.GetService<EmbeddedWorkerName>()?.Name ?? Options.DefaultName;
        DurableTaskRegistry registry = registries.Get(worker);
        DurableTaskWorkerOptions settings = workers.Get(worker);
        _options = options.Value;
        _logger = loggerFactory.CreateLogger("RolloutWorkflows.DurableTask");
        Func<Exception, IDictionary<string, object?>?>? properties = services.GetService<IExceptionPropertiesProvider>() is { } provider
            ? provider.GetExceptionProperties
            : null;
        ExecutionSettings execution = new()
        {
            Converter = settings.DataConverter,
            LoggerFactory = loggerFactory,
            DefaultVersion = settings.Versioning?.DefaultVersion ?? string.Empty,
            MaximumTimerInterval = settings.MaximumTimerInterval,
            CompleteWithOpenTasks = _options.CompleteWithOpenTasks,
            ExceptionProperties = properties,
        };
        _actors = new()
        {
            Store = services.GetService<IOrchestrationStore>() ?? throw new InvalidOperationException(
                $"No {nameof(IOrchestrationStore)} is registered. Add one, such as the SQLite store, to the service container."),
            Time = time,
            Logger = _logger,
            Options = _options,
            Executions = new(registry, services, settings.Versioning, execution),
            Work = new(),
        };
        _runner = new(
            registry, services.GetRequiredService<IServiceScopeFactory>(), settings.DataConverter, properties, _actors.Store,
            _options.MaxActivityDeliveries, _logger);
        _actors.Directory = new(_actors);
        _actors.Timers = new(_actors.Store, time, _options.ClockCheckInterval, _actors.Work, FireTimer, _logger);
        _actors.Activities = new(_runner, settings.Concurrency.MaximumConcurrentActivityWorkItems, _actors.Work, ReportActivity);
    }

    /// <summary>What the parts share; for the client within this process and for hosts that drive time.</summary>
    public ActorServices Actors => _actors;

    /// <summary>Told when activities run.</summary>
    public IActivityObserver? ActivityObserver
    {
        get => _runner.Observer;
        set => _runner.Observer = value;
    }

    /// <summary>Opens the store if nobody has yet. A client may do so before the worker starts; nothing runs until then.</summary>
    public async Task EnsureOpenAsync(CancellationToken cancellation)
    {
        if (_open)
            return;
        await _lifecycle.WaitAsync(cancellation);
        try
        {
            if (!_open)
                await OpenAsync(cancellation);
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>Goes to work.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _actors.Work.Enter();
        try
        {
            await EnsureOpenAsync(cancellation);
            // Read before any turn runs, or an activity of a new turn would be started twice.
            IReadOnlyList<ActivityRow> activities = await _actors.Store.LoadActivitiesAsync(cancellation);
            _actors.Running = true;
            foreach (ActivityRow activity in activities)
            {
                if (!_cleanStart)
                    _actors.Directory.MarkSuspect(activity.Key.InstanceId);
                _actors.Activities.Dispatch(activity);
            }

            foreach (string instanceId in _runnable)
                _actors.Directory.Post(instanceId, new ActorMessage.LookAtRows());
            _runnable = [];
            _actors.Directory.BeginAll();
            await _actors.Timers.StartAsync(cancellation);
        }
        finally
        {
            _actors.Work.Leave();
        }
    }

    /// <summary>Stops taking work, lets turns and commits under way end, gives activities their grace, and closes the store.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _lifecycle.WaitAsync(cancellation);
        try
        {
            if (_closed || !_open)
                return;
            _closed = true;
            _actors.Running = false;
            _actors.Stopping.Cancel();
            _actors.Timers.Dispose();
            int abandoned = await StopActivitiesAsync(cancellation);
            await WaitForTurnsAsync(abandoned, cancellation);
            _storeClosed = true;
            await _actors.Store.CloseAsync(CancellationToken.None);
            if (abandoned > 0)
                _logger.StoppedWithActivities(abandoned);
            _logger.Stopped();
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The container knows the engine under two types, and disposes of it for each.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await StopAsync(CancellationToken.None);
        _actors.Timers.Dispose();
        _actors.Stopping.Dispose();
        _lifecycle.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        StoreRecovery recovery = await _actors.Store.OpenAsync(cancellation);
        _actors.ContinueSequence(recovery.LastMessageSequence);
        _runnable = await _actors.Store.LoadRunnableInstancesAsync(_actors.Now, cancellation);
        _cleanStart = recovery.LastStopWasClean;
        _openedAt = _actors.Now;
        foreach (string instanceId in _runnable)
        {
            _actors.Directory.MarkUnread(instanceId);
            if (!_cleanStart)
                _actors.Directory.MarkSuspect(instanceId);
        }

        _logger.Opened(recovery.BootEpoch, recovery.LastStopWasClean ? "clean" : "not clean", _runnable.Count);
        _open = true;
    }

    private async Task<int> StopActivitiesAsync(CancellationToken cancellation)
    {
        Task drained = _actors.Activities.StopAsync();
        if (await EndsWithinAsync(drained, _options.ShutdownGrace, cancellation))
            return 0;
        int running = _actors.Activities.CancelAll();
        return await EndsWithinAsync(drained, _options.ShutdownGrace, cancellation) ? 0 : running;
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time, CancellationToken cancellation)
    {
        if (task.IsCompleted)
            return true;
        if (time <= TimeSpan.Zero)
            return false;
        try
        {
            await task.WaitAsync(time, _actors.Time, cancellation);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WaitForTurnsAsync(int abandonedActivities, CancellationToken cancellation)
    {
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<int>? previous = _actors.Work.Left;
        _actors.Work.Left = left =>
        {
            previous?.Invoke(left);
            if (left <= abandonedActivities)
                idle.TrySetResult();
        };
        if (_actors.Work.Count <= abandonedActivities)
            return;
        // Cancelled, this leaves the store unclosed, and the next start treats the stop as the crash it is.
        await idle.Task.WaitAsync(cancellation);
    }

    private void FireTimer(TimerRow timer)
    {
        if (!_actors.Running)
            return;
        // Due before this process began, it may have fired in the one that died.
        if (!_cleanStart && timer.DueAt <= _openedAt)
            _actors.Directory.MarkSuspect(timer.InstanceId);
        _actors.Directory.Post(timer.InstanceId, new ActorMessage.TimerDue(timer));
    }

    private void ReportActivity(ActivityKey key, HistoryEvent end)
    {
        if (_actors.Running)
            _actors.Directory.Post(key.InstanceId, new ActorMessage.ActivityEnded(key, end));
        else if (end is TaskCompleted && !_storeClosed)
            _ = StoreLateResultAsync(key, end);
        // A failure may come from the stop itself, so the row stands and the activity runs again after the next start.
    }

    /// <summary>Keeps the result of an activity that ended within the grace of a stop: the next start goes on with it.</summary>
    private async Task StoreLateResultAsync(ActivityKey key, HistoryEvent end)
    {
        _actors.Work.Enter();
        try
        {
            ActorDelivery result = ActorDelivery.To(key.InstanceId, key.ExecutionId, end, _actors.NextSequence(), keep: false);
            await _actors.Store.CommitAsync(new() { RemovedActivities = [key], Messages = [result.Message] });
        }
        catch (StoreException error)
        {
            _logger.LateResultNotStored(error, key.InstanceId);
        }
        finally
        {
            _actors.Work.Leave();
        }
    }
}
