using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Lines of a run's record, in the order in which they were appended.</summary>
public sealed record RunLogPage
{
    public required IReadOnlyList<RunLogEntry> Entries { get; init; }

    /// <summary>Read on from here; equals the position asked for where there was nothing more.</summary>
    public required long Position { get; init; }
}
