using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Which words of a valid playbook this version carries out. A word that would be passed over in silence makes a run
/// less safe than its author thinks, so a playbook that uses one can be validated and planned, but not started. Pure.
/// </summary>
public static class LanguageSupport
{
    /// <summary>What of the playbook this version cannot carry out, one sentence each; empty where it can be started.</summary>
    public static IReadOnlyList<string> NotCarriedOut(Playbook playbook, IStepCatalog catalog) =>
        [.. Kinds(playbook, catalog), .. OfPlaybook(playbook, catalog)];

    /// <summary>Every step and check of a playbook, with where it stands.</summary>
    public static IEnumerable<(string Where, Step Step)> AllSteps(Playbook playbook) =>
        playbook.Preflight.Select(step => ("preflight", step))
            .Concat(playbook.Stages.SelectMany(stage =>
                stage.Ready.Concat(stage.Steps).Concat(stage.Criteria).Select(step => ($"stage {stage.Name}", step))))
            .Concat(playbook.Promotion.Select(step => ("promotion", step)))
            .Concat(WithoutPeople(playbook));

    /// <summary>Steps on the way back and at the end, where nobody waits for an answer.</summary>
    private static IEnumerable<(string Where, Step Step)> WithoutPeople(Playbook playbook)
    {
        var common = OfWayBack(playbook.Rollback, "rollback").ToList();
        // Stages carry what they take over from the playbook; it is named once.
        var ofStages = playbook.Stages.SelectMany(stage => OfWayBack(stage.Rollback, $"stage {stage.Name}: rollback"))
            .Where(entry => !common.Exists(known => ReferenceEquals(known.Step, entry.Step)));
        return [.. common, .. ofStages, .. playbook.Finally.Select(step => ("finally", step))];
    }

    private static IEnumerable<(string Where, Step Step)> OfWayBack(RollbackPlan? plan, string where) =>
        plan is null ? [] : plan.Before.Concat(plan.Steps).Concat(plan.Verify).Select(step => (where, step));

    private static IEnumerable<string> Kinds(Playbook playbook, IStepCatalog catalog)
    {
        var used = AllSteps(playbook).Select(entry => (entry.Where, entry.Step.Uses))
            .Concat(playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails))
                .Where(rule => rule.Uses is not null).Select(rule => ($"guardrail {rule.Name}", rule.Uses!)));
        return used.Where(entry => !catalog.TryFind(entry.Item2, out var kind) || !kind.Executable)
            .Select(entry => $"{entry.Item1} uses {entry.Item2}, which this version does not carry out yet");
    }

    private static IEnumerable<string> OfPlaybook(Playbook playbook, IStepCatalog catalog)
    {
        foreach (var (where, step) in WithoutPeople(playbook).Where(entry => entry.Step.Uses is "manual/confirm" or "signoff"))
        {
            yield return $"{where} asks people by {step.Uses} ({step.Id}), which is not waited for there";
        }

        foreach (var rule in playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails)).Where(rule => rule.Uses is "manual/confirm" or "signoff"))
        {
            yield return $"guardrail {rule.Name} asks people by {rule.Uses}, who are not asked on a grid";
        }

        foreach (var (where, step) in AllSteps(playbook))
        {
            if (step.Undo is { } undo && UnusableUndo(step, undo, catalog) is { } unusable) yield return Sentence($"{where}, step {step.Id}: {unusable}");
        }
    }

    private static string? UnusableUndo(Step step, StepCall undo, IStepCatalog catalog)
    {
        if (catalog.TryFind(step.Uses, out var kind) && kind.Effect == StepEffect.Reversible) return $"undo of {step.Uses}, whose prior value is restored by itself,";
        if (!catalog.TryFind(undo.Uses, out var way) || !way.Executable) return $"undo by {undo.Uses}";
        return undo.With.Values.SelectMany(ExpressionResolver.ReferencesIn).Any(reference => reference.Kind == ReferenceKind.Output && reference.Step == step.Id)
            ? "undo with an output of the step itself"
            : null;
    }

    private static string Sentence(string what) => $"{what} is not carried out by this version yet";
}
