namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>
/// The store cannot serve at present: the disk is full or reports errors, or another program holds the file. Nothing
/// took effect; the same call can succeed later, whatever it carries, so nobody is to blame but the store.
/// </summary>
public sealed class StoreUnavailableException : StoreException
{
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause, if any.</param>
    public StoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
