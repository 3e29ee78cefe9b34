namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>An exception type that only this assembly knows.</summary>
public sealed class CustomException : Exception
{
    public CustomException(string message)
        : base(message)
    {
    }

    public CustomException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
