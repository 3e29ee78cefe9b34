namespace RolloutWorkflows.Playbooks;

/// <summary>The four ways to say how far a rollback goes back.</summary>
public enum RollbackTargetKind
{
    StageStart,
    Stage,
    Start,
    Percent,
}
