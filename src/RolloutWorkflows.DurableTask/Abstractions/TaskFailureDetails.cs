using System.Collections.Concurrent;

namespace RolloutWorkflows.DurableTask;

/// <summary>A failure in a form that can be stored: what remains of an exception across processes.</summary>
/// <param name="ErrorType">Full name of the exception type, or a name given by the engine such as <c>ActivityTaskNotFound</c>.</param>
/// <param name="ErrorMessage">The message.</param>
/// <param name="StackTrace">The stack trace, if one was recorded.</param>
/// <param name="InnerFailure">What caused this failure, if known.</param>
/// <param name="Properties">Further data from an <c>IExceptionPropertiesProvider</c>.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>Property that tells why the others could not be had.</summary>
    private const string UnreadProperties = "exceptionPropertiesError";

    private static readonly ConcurrentDictionary<string, Type?> LoadedTypes = new(StringComparer.Ordinal);

    /// <summary>Whether retrying is pointless, as for a task that is not registered; retry policies and handlers are then not asked.</summary>
    internal bool IsNonRetriable { get; init; }

    /// <summary>Details of an exception and of all its inner exceptions.</summary>
    public static TaskFailureDetails FromException(Exception exception) => FromException(exception, null);

    /// <summary>Whether the recorded exception is a <typeparamref name="T"/> or derives from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the recorded exception is of the given type or derives from it. An exception type that is not loaded is not caused by anything.</summary>
    /// <exception cref="ArgumentException">The type is not an exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));

        Type? recorded = targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false)
            ?? LoadedTypes.GetOrAdd(ErrorType, FindLoadedType);
        return recorded is not null && targetBaseExceptionType.IsAssignableFrom(recorded);
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    internal static TaskFailureDetails FromException(Exception exception, Func<Exception, IDictionary<string, object?>?>? properties)
    {
        ArgumentNullException.ThrowIfNull(exception);
        // The recorded failure of a task is the true inner failure: it survived a process, its exception object did not.
        if (exception is TaskFailedException failed)
        {
            return new(
                typeof(TaskFailedException).FullName!,
                failed.Message,
                failed.StackTrace,
                failed.FailureDetails,
                PropertiesOf(failed, properties) ?? failed.FailureDetails.Properties);
        }

        return new(
            exception.GetType().ToString(),
            MessageOf(exception),
            exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner, properties) : null,
            PropertiesOf(exception, properties));
    }

    // A failure is recorded even if the code that describes it fails itself; otherwise its call would never be answered.
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception error)
        {
            return $"(its message could not be read: {error.GetType()})";
        }
    }

    private static IDictionary<string, object?>? PropertiesOf(Exception exception, Func<Exception, IDictionary<string, object?>?>? properties)
    {
        try
        {
            return properties?.Invoke(exception);
        }
        catch (Exception error)
        {
            return new Dictionary<string, object?> { [UnreadProperties] = $"{error.GetType()}: {MessageOf(error)}" };
        }
    }

    private static Type? FindLoadedType(string name) =>
        Type.GetType(name, throwOnError: false)
        ?? AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(name, throwOnError: false))
            .FirstOrDefault(type => type is not null);
}
