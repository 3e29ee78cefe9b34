namespace RolloutWorkflows.Orchestrations;

/// <summary>What a rollback would do about one effect if it were asked for now.</summary>
public sealed record RestorationPreview
{
    public required string Target { get; init; }

    public required string Stage { get; init; }

    public required string StepId { get; init; }

    public required string Uses { get; init; }

    /// <summary>The value that would be found, for people; null where the kind has none to read, or it could not be read.</summary>
    public string? From { get; init; }

    /// <summary>The value that would stand after it; null where none is known.</summary>
    public string? To { get; init; }

    /// <summary>What it would come to, as far as it can be known now.</summary>
    public required CompensationOutcome Outcome { get; init; }

    /// <summary>One sentence.</summary>
    public required string Message { get; init; }
}
