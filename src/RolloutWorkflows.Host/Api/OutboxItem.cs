using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>One message of the outbox.</summary>
public sealed record OutboxItem
{
    /// <summary>By which it is tried again or dropped.</summary>
    public required long Id { get; init; }

    public required string RunId { get; init; }

    /// <summary>Where it goes: a channel, or <c>webhook:NAME</c>.</summary>
    public required string Lane { get; init; }

    /// <summary>One line of what it says.</summary>
    public required string Summary { get; init; }

    public required OutboxState State { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>No try before; absent: at once, or never.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why the last try failed, or why it was dropped.</summary>
    public string? Problem { get; init; }

    /// <summary>Where it stands outside.</summary>
    public string? Reference { get; init; }

    /// <summary>When what it tells of happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was delivered, parked or dropped.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    internal static OutboxItem Of(OutboxMessage message) => new()
    {
        Id = message.Number,
        RunId = message.RunId,
        Lane = message.Lane,
        Summary = message.Message.Summary,
        State = message.State,
        Attempts = message.Attempts,
        NextTry = message.NextTry,
        Problem = message.Problem,
        Reference = message.Reference,
        At = message.Message.At,
        SettledAt = message.SettledAt,
    };
}
