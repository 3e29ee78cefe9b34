namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>A message to an instance. It waits in the instance's inbox until a turn consumes it.</summary>
public sealed record StoreMessage
{
    /// <summary>Number of the message, given by the engine; unique and growing over the life of a store.</summary>
    public required long Sequence { get; init; }

    /// <summary>The receiving instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The execution it is meant for; <see langword="null"/> for whichever runs. For another execution it is dropped.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>The serialised history event.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Whether it is kept as a dead letter when the instance does not exist or has ended.</summary>
    public bool KeepAsDeadLetter { get; init; }
}
