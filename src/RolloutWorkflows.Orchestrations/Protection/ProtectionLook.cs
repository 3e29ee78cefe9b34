namespace RolloutWorkflows.Orchestrations;

/// <summary>What one look at a waiting environment came to.</summary>
public sealed record ProtectionLook
{
    /// <summary>One sentence.</summary>
    public required string Message { get; init; }

    /// <summary>After how much real time to look again; null: it is over.</summary>
    public TimeSpan? Again { get; init; }

    /// <summary>The report that GitHub shows now.</summary>
    public string? Told { get; init; }

    /// <summary>How many reports were sent.</summary>
    public int Reports { get; init; }
}
