namespace RolloutWorkflows.DurableTask.Client;

/// <summary>An instance was not started because one of the same id exists in a status that forbids replacing it.</summary>
public sealed class OrchestrationAlreadyExistsException : Exception
{
    /// <param name="instanceId">The id that is taken.</param>
    public OrchestrationAlreadyExistsException(string instanceId)
        : base($"An orchestration with the instance id '{instanceId}' already exists and has not ended, or its status is one that must not be replaced. Choose another id or wait for it to end.") =>
        InstanceId = instanceId;

    /// <summary>The id that is taken.</summary>
    public string InstanceId { get; }
}
