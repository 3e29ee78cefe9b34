namespace RolloutWorkflows.Activities;

/// <summary>What a document of evidence tells of.</summary>
public enum EvidenceKind
{
    Promotion,
    Rollback,
    End,
}
