namespace RolloutWorkflows.Host;

/// <summary>How the way back of one stage came out in a reported rehearsal.</summary>
public sealed record ReportedStage
{
    public required string Stage { get; init; }

    /// <summary>True where everything stood as before afterwards.</summary>
    public required bool Passed { get; init; }

    /// <summary>What broke, in a few words.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What did not go back.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
