namespace RolloutWorkflows.DurableTask;

/// <summary>Turns an untyped input into the declared type.</summary>
internal static class TaskInput
{
    /// <summary>Casts; a missing input becomes the default value, also of value types.</summary>
    /// <exception cref="ArgumentException">The input has another type.</exception>
    public static T Cast<T>(object? input) => input switch
    {
        T typed => typed,
        null => default!,
        _ => throw new ArgumentException($"The input has type '{input.GetType()}', but '{typeof(T)}' is expected."),
    };
}
