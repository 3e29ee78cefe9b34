namespace RolloutWorkflows.CommandRunner;

/// <summary>What a command came to.</summary>
public sealed record CommandResult
{
    public required CommandEnd End { get; init; }

    /// <summary>Null where it did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines of what it wrote, secrets masked.</summary>
    public string Output { get; init; } = "";

    /// <summary>Why it could not be started; null otherwise.</summary>
    public string? Problem { get; init; }
}
