namespace RolloutWorkflows.Activities;

/// <summary>One alert of an alert source.</summary>
internal sealed record Alert
{
    public required string Name { get; init; }

    /// <summary>False: its condition holds, but not yet for as long as its rule asks.</summary>
    public required bool Firing { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Since when; null where the source does not say.</summary>
    public DateTimeOffset? ActiveAt { get; init; }
}
