namespace RolloutWorkflows.Host;

/// <summary>What became of what a counterpart delivered.</summary>
public sealed record DeliveryAnswer
{
    /// <summary>One sentence, shown in the counterpart's list of deliveries.</summary>
    public required string Message { get; init; }
}
