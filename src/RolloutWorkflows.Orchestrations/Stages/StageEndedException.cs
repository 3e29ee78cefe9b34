namespace RolloutWorkflows.Orchestrations;

/// <summary>Leaves the stage's path from wherever it stands.</summary>
internal sealed class StageEndedException(StageOutcomeKind kind, string message, string? surface = null) : Exception(message)
{
    public StageOutcomeKind Kind { get; } = kind;

    /// <summary>The surface of the step that ended it; null: the stage's own, if it has one.</summary>
    public string? Surface { get; } = surface;
}
