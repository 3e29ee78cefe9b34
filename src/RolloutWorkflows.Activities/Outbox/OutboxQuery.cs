namespace RolloutWorkflows.Activities;

/// <summary>Which messages of the outbox; null: all.</summary>
public sealed record OutboxQuery
{
    public string? RunId { get; init; }

    public string? Lane { get; init; }

    public OutboxState? State { get; init; }

    /// <summary>Only messages with a greater number.</summary>
    public long After { get; init; }

    public int Limit { get; init; } = 100;
}
