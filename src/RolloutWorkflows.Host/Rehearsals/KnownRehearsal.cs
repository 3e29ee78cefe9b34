namespace RolloutWorkflows.Host;

/// <summary>The last rehearsal of a stage's way back.</summary>
public sealed record KnownRehearsal
{
    public required string Stage { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whose key reported it.</summary>
    public required string By { get; init; }

    public required bool Passed { get; init; }

    /// <summary>What broke, in a few words.</summary>
    public required string Cause { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>SHA-256 of the playbook's text that was rehearsed, in hex.</summary>
    public required string Digest { get; init; }
}
