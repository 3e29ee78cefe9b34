namespace RolloutWorkflows.Host;

/// <summary>How much was removed.</summary>
public sealed record PurgeAnswer
{
    public required int InstancesDeleted { get; init; }
}
