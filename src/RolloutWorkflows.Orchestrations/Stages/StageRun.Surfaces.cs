using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What of a playbook concerns the surface that the stage moves.</summary>
internal sealed partial class StageRun
{
    private bool Concerns(string? surface) => surface is null || stage.Surface is null || surface == stage.Surface;

    /// <summary>The guardrails that say something about this stage: a surface's own do so once something of it was moved.</summary>
    private IEnumerable<Guardrail> GuardrailsHere() => playbook.Guardrails
        .Where(rule => Concerns(rule.Surface) && (rule.Surface is not { } surface || StageOrder.HasBegun(playbook, stage, surface)))
        .Concat(stage.Guardrails);

    /// <summary>Another surface's step, or one of none, that was done before only a part of the stage was rolled back.</summary>
    private void LeaveStanding(Step step)
    {
        const string Stands = "it was done before and stands, since its surface was not rolled back";
        var status = new StepStatus { StepId = step.Id, Uses = step.Uses, Part = "steps", Verdict = StepVerdict.Passed, Message = Stands };
        Tell(new RunSignal { Kind = RunSignalKind.StepFinished, From = context.InstanceId, Message = Stands, Step = status });
    }
}
