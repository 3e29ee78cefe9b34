namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>A place in the order of instances.</summary>
/// <param name="CreatedAt">Creation time of the instance, in UTC.</param>
/// <param name="InstanceId">Its id.</param>
public sealed record InstanceCursor(DateTime CreatedAt, string InstanceId);
