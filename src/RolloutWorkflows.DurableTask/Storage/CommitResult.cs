namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>What became of a unit.</summary>
public sealed record CommitResult
{
    /// <summary>Applied in full, with nothing to report.</summary>
    public static readonly CommitResult Committed = new();

    /// <summary>The unit was not applied because its update expected another state.</summary>
    public static readonly CommitResult Stale = new() { Outcome = CommitOutcome.Stale };

    /// <summary>Whether the unit was applied.</summary>
    public CommitOutcome Outcome { get; init; }

    /// <summary>Sequences of messages whose instance does not exist, has ended or runs another execution.</summary>
    public IReadOnlyList<long> UndeliveredMessages { get; init; } = [];

    /// <summary>Ids that were not created because an instance forbade it. When the creation had a conflict message, that was stored instead; else nothing of the unit was applied.</summary>
    public IReadOnlyList<string> RejectedCreations { get; init; } = [];

    /// <summary>How many instances were removed.</summary>
    public int PurgedInstances { get; init; }
}
