namespace RolloutWorkflows.Activities;

/// <summary>One message on its way out, and what became of it so far.</summary>
public sealed record OutboxMessage
{
    /// <summary>Its number among all messages of this host; messages of one lane go out by it.</summary>
    public required long Number { get; init; }

    /// <summary>The lane that it goes through: a channel's name, or <c>webhook:NAME</c>.</summary>
    public required string Lane { get; init; }

    public required ChannelMessage Message { get; init; }

    public OutboxState State { get; init; }

    /// <summary>How often it was tried in vain since it was stored, or since an operator let it be tried again.</summary>
    public int Attempts { get; init; }

    /// <summary>How many of those tries the counterpart refused for good.</summary>
    public int Refusals { get; init; }

    /// <summary>No try before; null: at once.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why the last try failed, or why it was dropped; one sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>Where it stands outside.</summary>
    public string? Reference { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>When it was delivered, parked or dropped.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    public string RunId => Message.RunId;
}
