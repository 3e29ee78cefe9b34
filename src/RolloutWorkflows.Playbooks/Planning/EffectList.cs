using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Planning;

/// <summary>One effect of a stage, and how it would be taken back.</summary>
internal sealed record PlannedEffect(Stage Stage, string Name, string Undo, bool StaysInPlace, string? Surface);

/// <summary>The effects of a playbook, and which of them a stage's rollback takes back.</summary>
internal sealed class EffectList(Playbook playbook, IStepCatalog catalog, ExpressionScope scope)
{
    /// <summary>The stage's effects in the order in which they happen.</summary>
    public IEnumerable<PlannedEffect> Of(Stage stage)
    {
        foreach (var step in stage.Steps)
        {
            if (!catalog.TryFind(step.Uses, out var kind) || kind.Effect == StepEffect.None) continue;
            var name = Describe(step, kind);
            yield return new PlannedEffect(stage, name, Undo(step, $"{name} of {stage.Name}") + (stage.Surface is null && step.Surface is { } own ? $" ({own})" : ""), step.Irreversible, step.Surface);
        }
    }

    /// <summary>The stage's steps in one line: each kind with its values, as far as they are known before a run.</summary>
    public string Steps(Stage stage) => string.Join("; ", stage.Steps.Select(step =>
        $"{step.Uses} ({string.Join(", ", step.With.Select(pair => $"{pair.Key}: {Shortened(Show(pair.Value))}"))})"));

    public PlannedRollback WayBack(Stage stage)
    {
        var plan = playbook.RollbackOf(stage);
        var surface = plan.Surface ?? stage.Surface;
        var effects = Reached(stage, plan.To ?? RollbackTarget.StageStart).SelectMany(Of).Where(effect => surface is null || effect.Surface == surface).Reverse().ToList();
        return new PlannedRollback
        {
            To = (plan.To ?? RollbackTarget.StageStart).ToString(),
            Surface = surface,
            Before = Names(OfSurface(plan.Before)),
            Compensation = plan.To is { Kind: RollbackTargetKind.Percent } target
                ? [FormattableString.Invariant($"the percentage of {string.Join(", ", effects.Where(effect => effect.Name.StartsWith("flag/rollout", StringComparison.Ordinal)).Select(effect => effect.Name))} falls to {target.Percent} %")]
                : [.. effects.Where(effect => !effect.StaysInPlace).Select(effect => effect.Undo)],
            LeftInPlace = [.. effects.Where(effect => effect.StaysInPlace).Select(effect => $"{effect.Stage.Name}: {effect.Name}")],
            Steps = Names(OfSurface(plan.Steps)),
            Verify = Names(OfSurface(plan.Verify)),
            Objective = plan.Objective,
            Owners = playbook.OwnersOf(Role.Rollback),
        };

        IReadOnlyList<Step> OfSurface(IReadOnlyList<Step> steps) => [.. steps.Where(step => surface is null || step.Surface is null || step.Surface == surface)];
    }

    /// <summary>The stages whose effects a rollback of this one takes back, oldest first.</summary>
    private IEnumerable<Stage> Reached(Stage stage, RollbackTarget target)
    {
        var earlier = playbook.StagesBefore(stage);
        var kept = target.Kind switch
        {
            RollbackTargetKind.Start => new HashSet<string>(),
            RollbackTargetKind.Stage when playbook.FindStage(target.Stage ?? "") is { } goal => playbook.StagesBefore(goal).Append(goal.Name).ToHashSet(),
            _ => earlier,
        };
        return playbook.Stages.Where(other => other.Name == stage.Name || (earlier.Contains(other.Name) && !kept.Contains(other.Name)));
    }

    private string Describe(Step step, StepKind kind)
    {
        var target = kind.Target.Select(key => step.With.TryGetValue(key, out var value) ? Show(value) : null).OfType<string>().ToList();
        return target.Count == 0 ? $"{step.Uses} ({step.Id})" : $"{step.Uses} {string.Join(", ", target)}";
    }

    private static string Undo(Step step, string name) =>
        step.Undo is { } undo ? $"{name}: {undo.Uses}"
        : step.RollbackTo is { } value ? $"{name}: to {value.GetRawText()}"
        : $"{name}: as it was before";

    private string Show(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        try
        {
            return ExpressionResolver.ResolveText(text, scope);
        }
        catch (ExpressionException)
        {
            // Known only once the run is there; the plan shows where it comes from.
            return text;
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..39]}…";

    private static IReadOnlyList<string> Names(IReadOnlyList<Step> steps) => [.. steps.Select(step => $"{step.Uses} ({step.Id})")];
}
