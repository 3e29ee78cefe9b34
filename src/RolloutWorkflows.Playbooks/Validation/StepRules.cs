using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about single steps: their kind, its configuration and its effect.</summary>
internal static class StepRules
{
    public static void Check(RuleContext context)
    {
        foreach (var placed in PlacedStep.In(context.Playbook)) CheckKind(context, placed.Step.Uses, placed.Path);
    }

    private static void CheckKind(RuleContext context, string uses, string path)
    {
        if (uses.Length == 0 || context.Catalog.TryFind(uses, out _)) return;
        var names = context.Catalog.Kinds.Select(kind => kind.Name).ToList();
        context.Problems.Add(ProblemCodes.UnknownStepKind, $"{path}.uses", $"unknown step kind '{uses}'; expected one that 'rollout steps' lists, got '{uses}'{Suggestion.For(uses, names)}");
    }
}
