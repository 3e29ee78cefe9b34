using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about the way back.</summary>
internal static class RollbackRules
{
    public static void Check(RuleContext context)
    {
        var writers = context.Stages()
            .SelectMany(pair => TargetsOf(context, pair.Stage).Select(target => (target, pair.Stage)))
            .GroupBy(pair => pair.target, pair => pair.Stage)
            .ToDictionary(group => group.Key, group => group.Distinct().ToList());
        foreach (var (stage, path) in context.Stages())
        {
            var target = context.Playbook.RollbackOf(stage).To;
            var at = context.Map.Has($"{path}.rollback.to") ? $"{path}.rollback.to" : context.Map.Has($"{path}.rollback") ? $"{path}.rollback" : $"{path}.name";
            if (target is null) RequireTarget(context, stage, at, writers);
            else CheckTarget(context, stage, target, at);
        }

        if (context.Playbook.Rollback?.To is { Kind: RollbackTargetKind.Stage } common) References.Stage(context, common.Stage, "spec.rollback.to.stage");
    }

    /// <summary>What a stage writes, as far as it can be named: the kind's family and the values of its target keys.</summary>
    private static IEnumerable<string> TargetsOf(RuleContext context, Stage stage)
    {
        foreach (var step in stage.Steps)
        {
            if (!context.TryFindKind(step.Uses, out var kind) || kind.Target.Count == 0) continue;
            var values = kind.Target.Select(key => step.With.TryGetValue(key, out var value) ? Show(value) : "").ToList();
            yield return $"{step.Uses.Split('/')[0]} {string.Join(", ", values.Where(value => value.Length > 0))}";
        }
    }

    private static void RequireTarget(RuleContext context, Stage stage, string path, Dictionary<string, List<Stage>> writers)
    {
        foreach (var target in TargetsOf(context, stage).Distinct())
        {
            if (writers[target].Find(other => other != stage) is not { } other) continue;
            context.Problems.Add(ProblemCodes.RollbackToMissing, path, $"the stages '{stage.Name}' and '{other.Name}' both write {target}; expected 'to' in the rollback of the stage or of the playbook: stage-start, start, {{ stage: NAME }} or a percentage");
            return;
        }
    }

    private static void CheckTarget(RuleContext context, Stage stage, RollbackTarget target, string path)
    {
        if (target.Kind == RollbackTargetKind.Stage && context.Playbook.Rollback?.To != target)
        {
            References.Stage(context, target.Stage, $"{path}.stage");
            if (context.Playbook.FindStage(target.Stage ?? "") is { } goal && !context.Playbook.StagesBefore(stage).Contains(goal.Name))
            {
                context.Problems.Add(ProblemCodes.RollbackToLaterStage, $"{path}.stage", $"'{goal.Name}' is not promoted before '{stage.Name}'; expected an earlier stage");
            }
        }

        if (target.Kind == RollbackTargetKind.Percent) CheckPercent(context, stage, target.Percent!.Value, path);
    }

    private static void CheckPercent(RuleContext context, Stage stage, double percent, string path)
    {
        var rollouts = stage.Steps.Where(step => step.Uses == "flag/rollout").ToList();
        if (rollouts.Count != 1)
        {
            // A percentage for the whole playbook concerns the stages that set one.
            if (rollouts.Count == 0 && context.Playbook.Rollback?.To is { Kind: RollbackTargetKind.Percent } && stage.Rollback?.To is null) return;
            context.Problems.Add(ProblemCodes.RollbackPercentWithoutFlag, path, FormattableString.Invariant($"{percent} % needs one percentage flag to fall back to; expected one flag/rollout in the stage '{stage.Name}', got {rollouts.Count}"));
            return;
        }

        if (!rollouts[0].With.TryGetValue("percent", out var value) || !Grammar.ScalarRules.TryPercent(Show(value), out var set) || percent < set) return;
        context.Problems.Add(ProblemCodes.RollbackPercentWithoutFlag, path, FormattableString.Invariant($"a rollback never raises exposure; expected less than the stage's {set} %, got {percent} %"));
    }

    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
