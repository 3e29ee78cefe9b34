using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Execution.Activities;
using RolloutWorkflows.DurableTask.Execution.Timers;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>What actors share.</summary>
internal sealed class ActorServices
{
    private long _lastSequence;
    private volatile bool _running;

    public required IOrchestrationStore Store { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required EmbeddedEngineOptions Options { get; init; }

    public required ExecutionFactory Executions { get; init; }

    public required WorkCounter Work { get; init; }

    public InstanceWaiters Waiters { get; } = new();

    public InstanceDirectory Directory { get; set; } = null!;

    public TimerService Timers { get; set; } = null!;

    public ActivityDispatcher Activities { get; set; } = null!;

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>Whether actors may take new messages.</summary>
    public bool Running
    {
        get => _running;
        set => _running = value;
    }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Goes on numbering messages after those of the store.</summary>
    public void ContinueSequence(long last) => Interlocked.Exchange(ref _lastSequence, last);

    /// <summary>Number of the next message.</summary>
    public long NextSequence() => Interlocked.Increment(ref _lastSequence);
}
