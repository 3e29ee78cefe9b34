namespace RolloutWorkflows.DurableTask;

/// <summary>An orchestrator. Derive from <see cref="TaskOrchestrator{TInput, TOutput}"/> rather than implement this directly.</summary>
public interface ITaskOrchestrator
{
    /// <summary>The type the input is deserialised to.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the orchestrator; called once per replay, so it must be deterministic.</summary>
    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}
