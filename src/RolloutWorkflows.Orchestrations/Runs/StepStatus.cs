namespace RolloutWorkflows.Orchestrations;

/// <summary>What one step or check came to.</summary>
public sealed record StepStatus
{
    public required string StepId { get; init; }

    public required string Uses { get; init; }

    /// <summary>Where in the stage: <c>preflight</c>, <c>ready</c>, <c>steps</c>, <c>criteria</c>, <c>finally</c> ….</summary>
    public required string Part { get; init; }

    public required StepVerdict Verdict { get; init; }

    public required string Message { get; init; }

    /// <summary>How far it is, where it goes on and can be counted.</summary>
    public StepProgress? Progress { get; init; }
}
