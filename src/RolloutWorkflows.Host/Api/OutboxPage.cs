namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /api/outbox</c>.</summary>
public sealed record OutboxPage
{
    /// <summary>Messages, oldest first.</summary>
    public required IReadOnlyList<OutboxItem> Items { get; init; }

    /// <summary>Give it as <c>?after=</c> for the next page; null: this is the last one.</summary>
    public long? Next { get; init; }

    /// <summary>Channels that do not show a run as it is now.</summary>
    public required IReadOnlyList<OutboxTrouble> Troubles { get; init; }
}
