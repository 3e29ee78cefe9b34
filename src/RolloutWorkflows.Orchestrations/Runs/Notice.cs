namespace RolloutWorkflows.Orchestrations;

/// <summary>Something that people must hear of. Delivered at least once and shown once, by its id.</summary>
public sealed record Notice
{
    public required string NoticeId { get; init; }

    public required string RunId { get; init; }

    /// <summary>When the run decided to tell it, in real time.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    /// <summary>Audiences of the playbook.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public RolloutWorkflows.Playbooks.Channels Channels { get; init; } = new();
}
