namespace RolloutWorkflows.DurableTask;

/// <summary>An activity: one unit of work that may touch the world. Derive from <see cref="TaskActivity{TInput, TOutput}"/> rather than implement this directly.</summary>
public interface ITaskActivity
{
    /// <summary>The type the input is deserialised to.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity. It may run more than once for one call, see <see cref="TaskActivityContext"/>.</summary>
    Task<object?> RunAsync(TaskActivityContext context, object? input);
}
