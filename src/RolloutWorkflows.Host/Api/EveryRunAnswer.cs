namespace RolloutWorkflows.Host;

/// <summary>The answer to a command to every run.</summary>
public sealed record EveryRunAnswer
{
    public required string CommandId { get; init; }

    /// <summary>Each run that had not ended, with what it answered.</summary>
    public required IReadOnlyList<OneRunAnswer> Runs { get; init; }
}
