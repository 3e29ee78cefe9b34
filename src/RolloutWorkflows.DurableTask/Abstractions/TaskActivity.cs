namespace RolloutWorkflows.DurableTask;

/// <summary>Base of activities: units of work that may do anything, and run at least once per call.</summary>
/// <typeparam name="TInput">Type of the input.</typeparam>
/// <typeparam name="TOutput">Type of the output.</typeparam>
public abstract class TaskActivity<TInput, TOutput> : ITaskActivity
{
    Type ITaskActivity.InputType => typeof(TInput);

    Type ITaskActivity.OutputType => typeof(TOutput);

    async Task<object?> ITaskActivity.RunAsync(TaskActivityContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.Cast<TInput>(input));
    }

    /// <summary>The work itself.</summary>
    /// <param name="context">Tells for which orchestration the activity runs.</param>
    /// <param name="input">The deserialised input, or the default value when none was given.</param>
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);
}
