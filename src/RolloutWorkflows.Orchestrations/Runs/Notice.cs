namespace RolloutWorkflows.Orchestrations;

/// <summary>Something that people must hear of. Delivered at least once and shown once, by its id.</summary>
public sealed record Notice
{
    public required string NoticeId { get; init; }

    public required string RunId { get; init; }

    public required string Text { get; init; }

    /// <summary>People, groups and channels; empty: the run's own channels.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public RolloutWorkflows.Playbooks.Channels Channels { get; init; } = new();
}
