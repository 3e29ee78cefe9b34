using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>Which instances to read, ordered by creation time, then id (ordinal).</summary>
public sealed record InstanceQuery
{
    /// <summary>Created at this time or later.</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Created at this time or earlier.</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>In one of these statuses; <see langword="null"/> for any, empty for none.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses { get; init; }

    /// <summary>Whose id begins so, in ordinal comparison.</summary>
    public string? InstanceIdPrefix { get; init; }

    /// <summary>Called by this instance.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Only parked instances.</summary>
    public bool ParkedOnly { get; init; }

    /// <summary>Whether to read input, output, failure and custom status; without it they are <see langword="null"/>.</summary>
    public bool WithPayloads { get; init; }

    /// <summary>Entries per page; at least 1.</summary>
    public int PageSize { get; init; } = OrchestrationQuery.DefaultPageSize;

    /// <summary>Begin after the instance with this creation time and id.</summary>
    public InstanceCursor? After { get; init; }
}
