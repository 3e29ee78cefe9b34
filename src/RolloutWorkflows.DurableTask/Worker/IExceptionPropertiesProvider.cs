namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Adds data of an exception to the failure that is recorded for it. Register one in the service container.</summary>
public interface IExceptionPropertiesProvider
{
    /// <summary>Data to record, or <see langword="null"/> for none. Text, numbers, booleans, times, lists and dictionaries keep their kind.</summary>
    IDictionary<string, object?>? GetExceptionProperties(Exception exception);
}
