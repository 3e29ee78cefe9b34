namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks for baselines of one run to be kept for another as well. Repeating it changes nothing more.</summary>
public sealed record TakeCapturesRequest
{
    public required string FromRun { get; init; }

    public required string ToRun { get; init; }

    public required IReadOnlyList<TakenCapture> Captures { get; init; }
}
