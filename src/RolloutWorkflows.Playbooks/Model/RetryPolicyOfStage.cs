namespace RolloutWorkflows.Playbooks;

/// <summary>What trying a stage again after its rollback needs, written as <c>retry:</c> on the stage.</summary>
public sealed record RetryPolicyOfStage
{
    public required Approval Approval { get; init; }
}
