namespace RolloutWorkflows.Orchestrations;

/// <summary>How far a step is that takes longer than one call.</summary>
/// <param name="Done">How much is done.</param>
/// <param name="Of">How much there is to do.</param>
public sealed record StepProgress(int Done, int Of);
