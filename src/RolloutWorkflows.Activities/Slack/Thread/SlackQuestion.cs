using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What is remembered of a question's message.</summary>
internal sealed record SlackQuestion
{
    /// <summary>The message's <c>ts</c>.</summary>
    public required string Ts { get; init; }

    /// <summary>The id of the message that put it.</summary>
    public required string MessageId { get; init; }

    /// <summary>The question as it was shown last.</summary>
    public required OpenApproval Open { get; init; }

    /// <summary>What the message looked like last, as a digest.</summary>
    public required string Looks { get; init; }

    /// <summary>True: the message says how it ended.</summary>
    public bool IsClosed { get; init; }
}
