namespace RolloutWorkflows.Activities;

/// <summary>What verifying the evidence of one run came to.</summary>
public sealed record EvidenceVerdict
{
    public required string RunId { get; init; }

    /// <summary>True: nothing was found that does not fit.</summary>
    public bool Intact => Problems.Count == 0;

    /// <summary>How many documents were read.</summary>
    public required int Documents { get; init; }

    /// <summary>SHA-256 of the last document that was read.</summary>
    public string? Head { get; init; }

    /// <summary>How many of them carry a signature that was checked and is right.</summary>
    public int Signed { get; init; }

    /// <summary>What does not fit, in the order of the chain: the first is where it broke.</summary>
    public required IReadOnlyList<EvidenceProblem> Problems { get; init; }

    /// <summary>What could not be looked at, or cannot be known from what is there.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
