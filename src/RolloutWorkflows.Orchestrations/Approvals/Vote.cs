namespace RolloutWorkflows.Orchestrations;

/// <summary>One person's present answer. It may change until the question is decided.</summary>
public sealed record Vote
{
    public required string Person { get; init; }

    public required bool Approves { get; init; }

    public required string Via { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The digest of what was shown of the question, whose lines stand with it in the record.</summary>
    public string Shown { get; init; } = "";

    public required string CommandId { get; init; }
}
