namespace RolloutWorkflows.Orchestrations;

/// <summary>How a run ended.</summary>
public sealed record RolloutResult
{
    /// <summary>Succeeded or Aborted.</summary>
    public required RunState State { get; init; }

    public required string Message { get; init; }

    /// <summary>What a run that was aborted left in place, by target.</summary>
    public IReadOnlyList<string> StaysInPlace { get; init; } = [];

    /// <summary>What a rollback of the ended run begins with; null for runs of versions that had none.</summary>
    public RunMemory? Memory { get; init; }
}
