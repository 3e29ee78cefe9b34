namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Every surface that is named is declared, and what stands in a stage of one surface is of no other.</summary>
internal static class SurfaceRules
{
    public static void Check(RuleContext context)
    {
        foreach (var (stage, path) in context.Stages())
        {
            References.Surface(context, stage.Surface, $"{path}.surface");
            Named(context, stage.Rollback?.Surface, $"{path}.rollback.surface", stage);
        }

        References.Surface(context, context.Playbook.Rollback?.Surface, "spec.rollback.surface");
        foreach (var (guardrail, path, stage) in context.Guardrails()) Named(context, guardrail.Surface, $"{path}.surface", stage);
        foreach (var placed in context.Steps) Named(context, placed.Step.Surface, $"{placed.Path}.surface", placed.Stage);
    }

    /// <summary>What a stage or the playbook gives to what stands in it is looked at there.</summary>
    private static void Named(RuleContext context, string? surface, string path, Stage? stage)
    {
        if (!context.Map.Has(path)) return;
        References.Surface(context, surface, path);
        if (surface is null || stage?.Surface is not { } own || surface == own || !context.Playbook.Surfaces.Contains(surface)) return;
        context.Problems.Add(ProblemCodes.OtherSurface, path, $"the stage '{stage.Name}' moves '{own}' alone; expected that surface or none, got '{surface}'");
    }
}
