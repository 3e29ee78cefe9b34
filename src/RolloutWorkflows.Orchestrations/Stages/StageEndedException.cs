namespace RolloutWorkflows.Orchestrations;

/// <summary>Leaves the stage's path from wherever it stands.</summary>
internal sealed class StageEndedException(StageOutcomeKind kind, string message) : Exception(message)
{
    public StageOutcomeKind Kind { get; } = kind;
}
