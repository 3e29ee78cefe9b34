namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Settings of the engine that runs within the process.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>How an instance's state comes to be when a turn begins. Default: <see cref="ReplayMode.Sticky"/>.</summary>
    public ReplayMode Replay { get; set; } = ReplayMode.Sticky;

    /// <summary>Instances kept in memory between turns; the longest idle ones leave first. Default: 2,000.</summary>
    public int MaxCachedInstances { get; set; } = 2_000;

    /// <summary>
    /// Whether an orchestration ends as soon as its orchestrator returns or throws: open timers are cancelled, open
    /// activities and sub-orchestrations run on and their results are dropped. Otherwise it stays running until they
    /// have ended, as Microsoft.DurableTask does. Default: yes.
    /// </summary>
    public bool CompleteWithOpenTasks { get; set; } = true;

    /// <summary>Times an activity is delivered, each but the first after the process died, before its call fails as <c>PoisonActivity</c>. Default: 10.</summary>
    public int MaxActivityDeliveries { get; set; } = 10;

    /// <summary>Turns in a row that may fail for reasons outside the orchestrator before the instance is parked. Default: 10.</summary>
    public int MaxTurnAttempts { get; set; } = 10;

    /// <summary>
    /// How often the wall clock is looked at while timers wait: after the machine slept or its clock was set, timers are
    /// late by no more than this. It reads no store. <see cref="Timeout.InfiniteTimeSpan"/> for never. Default: 30 seconds.
    /// </summary>
    public TimeSpan ClockCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for activities before their cancellation is signalled. Default: 5 seconds.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);
}
