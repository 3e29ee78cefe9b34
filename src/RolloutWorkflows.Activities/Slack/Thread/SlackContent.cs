using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What the outbox keeps of one message of a run's thread.</summary>
internal sealed record SlackContent
{
    /// <summary>Paragraphs in Slack's markup, escaped; none: nothing is posted.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>True: it needs people at once, so it is shown in the channel as well and quiet hours do not keep it.</summary>
    public bool AtOnce { get; init; }

    /// <summary>The question that it puts; null: none.</summary>
    public OpenApproval? Asks { get; init; }

    /// <summary>The question that ended; null: none.</summary>
    public SlackClosing? Closes { get; init; }
}
