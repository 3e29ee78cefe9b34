using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>One message to one channel: an effect with an id, delivered at least once and shown once.</summary>
public sealed record ChannelMessage
{
    /// <summary>Unique, and the same however often it is made of the same line of the record.</summary>
    public required string MessageId { get; init; }

    public required string RunId { get; init; }

    /// <summary>When what it tells of happened, in real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One line for people who look at the outbox; never the message's whole content.</summary>
    public required string Summary { get; init; }

    /// <summary>What the channel needs to show it, in the channel's own shape.</summary>
    public required JsonElement Content { get; init; }
}
