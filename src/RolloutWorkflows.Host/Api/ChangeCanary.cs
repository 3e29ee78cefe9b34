namespace RolloutWorkflows.Host;

/// <summary>A change to a flag's canary. What is absent stays as it is.</summary>
public sealed record ChangeCanary
{
    public bool? Enabled { get; init; }

    /// <summary>The whole allowlist.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Users to put on the allowlist.</summary>
    public IReadOnlyList<string>? Add { get; init; }

    /// <summary>Users to take off the allowlist.</summary>
    public IReadOnlyList<string>? Remove { get; init; }
}
