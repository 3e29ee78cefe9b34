namespace RolloutWorkflows.Orchestrations;

/// <summary>What people decided about drift: their values stand, or the run sets its own again. Repeating it changes nothing more.</summary>
public sealed record DriftSettlement
{
    public required string RunId { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The person who decided.</summary>
    public required string Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>The drift as it was shown: only values that still stand like this are touched.</summary>
    public required IReadOnlyList<DriftedTarget> Targets { get; init; }
}
