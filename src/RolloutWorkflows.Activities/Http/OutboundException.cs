namespace RolloutWorkflows.Activities;

/// <summary>Another service gave no answer. The message says why, without the address, which may hold a secret.</summary>
internal sealed class OutboundException(string message, bool notSent = false) : Exception(message)
{
    /// <summary>True where no connection came about, so that the request surely did nothing.</summary>
    public bool NotSent { get; } = notSent;
}
