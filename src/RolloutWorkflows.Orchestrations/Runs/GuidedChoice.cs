namespace RolloutWorkflows.Orchestrations;

/// <summary>One way on from where a run stands still.</summary>
public sealed record GuidedChoice
{
    public required RunVerb Verb { get; init; }

    /// <summary>What it would do and who may, in one line.</summary>
    public required string Does { get; init; }
}
