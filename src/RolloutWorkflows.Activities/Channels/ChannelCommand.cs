using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a person told a run in a channel, as far as the channel could establish it.</summary>
public sealed record ChannelCommand
{
    public required string RunId { get; init; }

    /// <summary>The same however often the same answer arrives: <c>github-comment:ID</c>, <c>github-tick:…</c>, <c>slack-click:…</c>.</summary>
    public required string CommandId { get; init; }

    public required RunVerb Verb { get; init; }

    public required Identity Identity { get; init; }

    /// <summary>The way it came: <c>comment</c>, <c>tick</c>, <c>slack</c>, <c>slash</c>.</summary>
    public required string Via { get; init; }

    public string? Reason { get; init; }

    /// <summary>The question that is answered, by its id, where the channel knows it.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>The question that is answered, by its name, where the person wrote one.</summary>
    public string? ApprovalName { get; init; }

    /// <summary>For handover: the person who becomes the owner.</summary>
    public string? To { get; init; }

    /// <summary>The surface that is meant; null: the run.</summary>
    public string? Surface { get; init; }

    /// <summary>When the person said it. A vote that is older than its question does not count.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>How long the run's answer is waited for once the command is stored, in real time; null: ten seconds. Counterparts hang up sooner than people do.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>What the channel itself has against it, in a sentence; the run is not asked then, and the refusal stands in its record. Null: nothing.</summary>
    public string? Obstacle { get; init; }
}
