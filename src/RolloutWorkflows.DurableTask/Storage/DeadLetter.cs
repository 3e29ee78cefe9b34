namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>A message that could not be delivered.</summary>
/// <param name="Sequence">Number of the message.</param>
/// <param name="InstanceId">The instance it was meant for.</param>
/// <param name="Payload">The serialised history event.</param>
/// <param name="Reason">Why it was not delivered.</param>
public sealed record DeadLetter(long Sequence, string InstanceId, ReadOnlyMemory<byte> Payload, string Reason)
{
    /// <summary>Reason of a message to an instance that does not exist.</summary>
    public const string UnknownInstance = "unknown instance";

    /// <summary>Reason of a message to an instance that has ended.</summary>
    public const string EndedInstance = "ended instance";
}
