namespace RolloutWorkflows.Orchestrations;

/// <summary>What a rollback has to undo, newest first; one entry per effect that still stands.</summary>
public sealed record RollbackWork
{
    public required IReadOnlyList<EffectRecord> Effects { get; init; }
}
