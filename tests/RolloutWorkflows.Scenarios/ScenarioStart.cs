using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Scenarios;

/// <summary>A run and the host that carries it out, for scenarios that say both in full.</summary>
internal sealed record ScenarioStart
{
    public required RolloutInput Run { get; init; }

    /// <summary>What the host has beside its stores; what stands here wins.</summary>
    public required Action<IServiceCollection> Services { get; init; }

    /// <summary>The clock that the host shares with what stands around it.</summary>
    public VirtualTimeProvider Time { get; init; } = Clock();

    public ReplayMode Replay { get; init; } = ReplayMode.Sticky;

    public IReadOnlyList<IChannel> Channels { get; init; } = [];

    /// <summary>What is done to the flags before the run starts; null: nothing.</summary>
    public Func<IFlagStore, Task>? Before { get; init; }

    /// <summary>A Monday morning.</summary>
    public static VirtualTimeProvider Clock() => new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
}
