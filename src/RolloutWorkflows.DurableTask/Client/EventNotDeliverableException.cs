namespace RolloutWorkflows.DurableTask.Client;

/// <summary>An event could not be delivered because its instance does not exist or has ended. It is kept as a dead letter.</summary>
public sealed class EventNotDeliverableException : Exception
{
    /// <param name="instanceId">The instance it was meant for.</param>
    /// <param name="eventName">Name of the event.</param>
    public EventNotDeliverableException(string instanceId, string eventName)
        : base($"Event '{eventName}' was not delivered: instance '{instanceId}' does not exist or has ended. It is kept among the dead letters.")
    {
        InstanceId = instanceId;
        EventName = eventName;
    }

    /// <summary>The instance it was meant for.</summary>
    public string InstanceId { get; }

    /// <summary>Name of the event.</summary>
    public string EventName { get; }
}
