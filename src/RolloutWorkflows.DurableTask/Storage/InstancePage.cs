namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>One page of instances.</summary>
/// <param name="Instances">The instances.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> after the last.</param>
public sealed record InstancePage(IReadOnlyList<InstanceRow> Instances, InstanceCursor? Next);
