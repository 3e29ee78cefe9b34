using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A run as a channel sees it.</summary>
internal sealed record ChannelRun
{
    /// <summary>What it started with: playbook, inputs, people.</summary>
    public required RolloutInput Input { get; init; }

    /// <summary>Where it stands now; for a message newer than the message.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The soak of the stage in hand; null where none goes on, or where it cannot be read.</summary>
    public SoakStatus? Soak { get; init; }

    /// <summary>True: it has ended, in whatever way, so that nothing more is refreshed once all is shown.</summary>
    public bool IsOver { get; init; }

    /// <summary>True: a stage of it waits until it is shown as it is now.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>What the channel remembers of this run.</summary>
    public required IChannelMemory Memory { get; init; }

    /// <summary>The present moment, in real time.</summary>
    public required DateTimeOffset Now { get; init; }

    public string RunId => Input.RunId;
}
