namespace RolloutWorkflows.DurableTask;

/// <summary>Base of orchestrators: deterministic code that coordinates activities, timers, events and other orchestrations.</summary>
/// <remarks>
/// The code runs again from its start whenever the instance is loaded. It must take time, identifiers and every effect
/// from its context, and await only tasks that came from it.
/// </remarks>
/// <typeparam name="TInput">Type of the input.</typeparam>
/// <typeparam name="TOutput">Type of the output.</typeparam>
public abstract class TaskOrchestrator<TInput, TOutput> : ITaskOrchestrator
{
    Type ITaskOrchestrator.InputType => typeof(TInput);

    Type ITaskOrchestrator.OutputType => typeof(TOutput);

    async Task<object?> ITaskOrchestrator.RunAsync(TaskOrchestrationContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.Cast<TInput>(input));
    }

    /// <summary>The orchestration itself.</summary>
    /// <param name="context">Gives time, identifiers and all effects.</param>
    /// <param name="input">The deserialised input, or the default value when none was given.</param>
    public abstract Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input);
}
