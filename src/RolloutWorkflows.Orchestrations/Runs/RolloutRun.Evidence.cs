using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What the guardrails said last, for approvals that are bound to it.</summary>
internal sealed partial class RolloutRun
{
    private readonly Dictionary<string, GuardrailEvidence> evidence = [];

    private bool IsBoundToEvidence => input.Playbook.Stages.SelectMany(stage => stage.Approvals.Concat(stage.Retry is { } retry ? [retry.Approval] : []))
        .Any(approval => approval.BindTo.Contains(ApprovalBinding.Evidence));

    /// <summary>The stage is told at once, since a vote may be given the next moment.</summary>
    private void TakeEvidence(GuardrailEvidence said)
    {
        evidence[said.Guardrail] = said;
        if (openStageInstance is not { } instance) return;
        context.SendEvent(instance, OrchestrationNames.ControlEvent, new StageControl { Kind = StageControlKind.EvidenceChanged, Evidence = said });
    }
}
