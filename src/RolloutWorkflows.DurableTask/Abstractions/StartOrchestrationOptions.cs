using System.Collections.Immutable;

namespace RolloutWorkflows.DurableTask;

/// <summary>How an orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <param name="InstanceId">Chosen instance id; by default a new random one.</param>
    /// <param name="StartAt">Not before this time; by default at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Copies other options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>Chosen instance id; <see langword="null"/> for a new random one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The instance stays pending until this time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Tags that stay with the instance and are inherited by its sub-orchestrations.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Version to start; <see langword="null"/> for the client's default version.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// Statuses in which an existing instance of the same id makes the start fail. By default the statuses that are
    /// not final; a finished instance is replaced.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
