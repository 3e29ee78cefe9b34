namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Every surface that is named is declared.</summary>
internal static class SurfaceRules
{
    public static void Check(RuleContext context)
    {
        foreach (var (stage, path) in context.Stages())
        {
            References.Surface(context, stage.Surface, $"{path}.surface");
            References.Surface(context, stage.Rollback?.Surface, $"{path}.rollback.surface");
        }

        References.Surface(context, context.Playbook.Rollback?.Surface, "spec.rollback.surface");
        foreach (var (guardrail, path, _) in context.Guardrails()) References.Surface(context, guardrail.Surface, $"{path}.surface");
        foreach (var placed in context.Steps) References.Surface(context, placed.Step.Surface, $"{placed.Path}.surface");
    }
}
