using System.Text.Json;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about single steps: their kind, their place and their effect.</summary>
internal static class StepRules
{
    public static void Check(RuleContext context)
    {
        foreach (var placed in context.Steps)
        {
            CheckKind(context, placed.Step.Uses, placed.Path, mayAct: placed.MayAct);
            if (!placed.MayAsk) RefuseQuestion(context, placed.Step.Uses, placed.Path);
            if (placed.Step.Undo is { } undo)
            {
                CheckKind(context, undo.Uses, $"{placed.Path}.undo", mayAct: true);
                RefuseUndoByCheck(context, undo.Uses, $"{placed.Path}.undo");
            }

            if (!context.TryFindKind(placed.Step.Uses, out var kind)) continue;
            CheckEffect(context, placed, kind);
            CheckPromotion(context, placed, kind);
            CheckForEach(context, placed, kind);
            if (placed.Step is { Uses: "signoff", ContinueOnError: true })
            {
                context.Problems.AddAtKey(ProblemCodes.SignoffPassedOver, $"{placed.Path}.continueOnError", "a missing sign-off is never passed over; expected no 'continueOnError' beside 'signoff'");
            }
        }

        foreach (var (guardrail, path, _) in context.Guardrails().Where(each => each.Guardrail.Uses is not null))
        {
            CheckKind(context, guardrail.Uses!, path, mayAct: false);
            RefuseQuestion(context, guardrail.Uses!, path);
        }

        CheckIds(context);
    }

    private static void CheckKind(RuleContext context, string uses, string path, bool mayAct)
    {
        if (uses.Length == 0) return;
        if (!context.TryFindKind(uses, out var kind))
        {
            var names = context.Catalog.Kinds.Select(known => known.Name);
            context.Problems.Add(ProblemCodes.UnknownStepKind, $"{path}.uses", $"unknown step kind; expected one that 'rollout steps' lists, got '{uses}'{Suggestion.For(uses, names)}");
            return;
        }

        if (!mayAct && kind.Role == StepRole.Action)
        {
            context.Problems.Add(ProblemCodes.CheckExpected, $"{path}.uses", $"an action may not stand here; expected a check, got the action '{uses}'");
        }
    }

    private static void RefuseUndoByCheck(RuleContext context, string uses, string path)
    {
        if (!context.TryFindKind(uses, out var kind) || kind.Role == StepRole.Action) return;
        context.Problems.Add(ProblemCodes.UndoByCheck, $"{path}.uses", $"a check takes nothing back; expected an action, got the check '{uses}'");
    }

    /// <summary>A way back that waits for an answer is no way back, and guardrails are asked on a grid.</summary>
    private static void RefuseQuestion(RuleContext context, string uses, string path)
    {
        if (uses is not ("manual/confirm" or "signoff")) return;
        context.Problems.Add(ProblemCodes.NobodyAsked, $"{path}.uses", $"people are not asked here; expected a step that needs no answer, got '{uses}'");
    }

    private static void CheckEffect(RuleContext context, PlacedStep placed, StepKind kind)
    {
        var step = placed.Step;
        // Recovery plays and closing steps are the way back themselves; nothing takes them back.
        var isTakenBack = placed.List == StepList.Steps && kind.Effect != StepEffect.None;
        if (isTakenBack && kind.Effect == StepEffect.Irreversible && step is { Undo: null, Irreversible: false })
        {
            context.Problems.Add(ProblemCodes.UndoMissing, placed.Path, $"'{step.Uses}' has an effect without a built-in inverse; expected 'undo' or 'irreversible: true', got neither");
        }

        if (isTakenBack && kind.Effect == StepEffect.Reversible && step.Undo is not null)
        {
            context.Problems.Add(ProblemCodes.NothingToUndo, $"{placed.Path}.undo", $"what '{step.Uses}' found is restored by itself; expected no 'undo', or 'rollbackTo' with another value");
        }

        if (isTakenBack) return;
        var said = step.Undo is not null ? "undo" : step.Irreversible ? "irreversible" : step.RollbackTo is not null ? "rollbackTo" : null;
        if (said is null) return;
        var why = kind.Effect == StepEffect.None ? $"'{step.Uses}' has no effect" : "nothing takes back what happens here";
        context.Problems.Add(ProblemCodes.NothingToUndo, $"{placed.Path}.{said}", $"{why}; expected no '{said}'");
    }

    /// <summary>What a promotion tells stays told; what it changed would be nobody's to take back.</summary>
    private static void CheckPromotion(RuleContext context, PlacedStep placed, StepKind kind)
    {
        if (placed.List != StepList.Promotion || kind.Effect == StepEffect.None) return;
        context.Problems.Add(ProblemCodes.CheckExpected, $"{placed.Path}.uses", $"an action that changes something may not stand here; expected a check, a checkpoint or an announcement, got '{kind.Name}'");
    }

    private static void CheckForEach(RuleContext context, PlacedStep placed, StepKind kind)
    {
        if (placed.Step.ForEach is not { } list) return;
        var path = $"{placed.Path}.forEach";
        if (kind.Role == StepRole.Action)
        {
            context.Problems.Add(ProblemCodes.ForEachOnAction, path, $"forEach may not stand on an action; expected a check, got the action '{kind.Name}'");
        }

        if (list.ValueKind != JsonValueKind.String) return;
        var text = list.GetString()!;
        if (ExpressionRules.InputsIn(text).Any(name => context.Playbook.Inputs.TryGetValue(name, out var input) && input.Type != InputType.List))
        {
            context.Problems.Add(ProblemCodes.ForEachNoList, path, $"forEach goes over no list; expected an input of type list, got '{text}'");
        }
    }

    private static void CheckIds(RuleContext context)
    {
        foreach (var owner in context.Steps.GroupBy(placed => placed.Stage))
        {
            var common = owner.Key is null ? [] : context.Steps.Where(placed => placed.List == StepList.Preflight);
            context.RefuseDuplicates(ProblemCodes.DuplicateStepId, common.Concat(owner).Select(placed => (placed.Step.Id, $"{placed.Path}.id")), "the step id");
        }
    }
}
