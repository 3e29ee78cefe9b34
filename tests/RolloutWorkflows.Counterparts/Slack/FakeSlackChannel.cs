namespace RolloutWorkflows.Counterparts;

/// <summary>A channel of the workspace.</summary>
internal sealed class FakeSlackChannel
{
    public required string Id { get; init; }

    /// <summary>Whether the bot is in it.</summary>
    public bool Member { get; set; } = true;

    public bool Archived { get; set; }

    /// <summary>In the order in which they were posted.</summary>
    public List<FakeSlackMessage> Messages { get; } = [];
}
