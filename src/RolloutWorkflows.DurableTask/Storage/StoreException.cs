namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>The store could not do what was asked. Nothing of the unit or read took effect.</summary>
public class StoreException : Exception
{
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause, if any.</param>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
