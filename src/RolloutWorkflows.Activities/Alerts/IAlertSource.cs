namespace RolloutWorkflows.Activities;

/// <summary>A source that knows which alerts there are. Thread-safe.</summary>
internal interface IAlertSource
{
    /// <summary>The alerts that are pending or firing now.</summary>
    /// <exception cref="OutboundException">The source cannot answer; the message says why.</exception>
    Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancellation);

    /// <summary>The alerts that fired at any time within the last span.</summary>
    /// <exception cref="OutboundException">The source cannot answer; the message says why.</exception>
    Task<IReadOnlyList<Alert>> AlertsWithinAsync(TimeSpan span, CancellationToken cancellation);
}
