namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about metrics and guardrails.</summary>
internal static class GuardrailRules
{
    private static readonly TimeSpan LeastSideEffectInterval = TimeSpan.FromMinutes(5);

    public static void Check(RuleContext context)
    {
        foreach (var (guardrail, path, _) in context.Guardrails())
        {
            References.Metric(context, guardrail.Metric, $"{path}.metric");
            for (var i = 0; i < guardrail.Notify.Count; i++) References.Addressee(context, guardrail.Notify[i], $"{path}.notify[{i}]");
            if (guardrail.Uses is not null) CheckRepeatedCheck(context, guardrail, path);
            else if (guardrail.Metric is not null) CheckMeasurement(context, guardrail, path);
        }

        context.RefuseDuplicates(ProblemCodes.DuplicateGuardrail, context.Guardrails().Select(each => (each.Guardrail.Name, context.Map.Has($"{each.Path}.name") ? $"{each.Path}.name" : each.Path)), "the guardrail");
    }

    private static void CheckRepeatedCheck(RuleContext context, Guardrail guardrail, string path)
    {
        var stated = new[] { "successCondition", "failureCondition", "warningCondition", "baseline", "minSampleSize" }.FirstOrDefault(key => context.Map.Has($"{path}.{key}"));
        if (stated is not null)
        {
            context.Problems.AddAtKey(ProblemCodes.ConditionOnCheck, $"{path}.{stated}", $"'{guardrail.Uses}' gives its own verdict; expected no '{stated}' beside 'uses'");
        }

        if (!context.TryFindKind(guardrail.Uses, out var kind) || !kind.HasSideEffects) return;
        var isStated = context.Map.Has($"{path}.interval");
        if (isStated && guardrail.Interval >= LeastSideEffectInterval) return;
        context.Problems.Add(ProblemCodes.SideEffectInterval, $"{path}.interval", $"'{kind.Name}' changes the world to find out; expected an interval of at least 5m, got {(isStated ? $"'{PlaybookDuration.Format(guardrail.Interval)}'" : "none")}");
    }

    private static void CheckMeasurement(RuleContext context, Guardrail guardrail, string path)
    {
        (string? Text, string Path)[] conditions =
        [
            (guardrail.SuccessCondition, $"{path}.successCondition"),
            (guardrail.WarningCondition, $"{path}.warningCondition"),
            (guardrail.FailureCondition, $"{path}.failureCondition"),
        ];
        if (conditions.All(condition => condition.Text is null))
        {
            context.Problems.Add(ProblemCodes.ConditionMissing, path, $"the guardrail '{guardrail.Name}' has no condition; expected successCondition, failureCondition or warningCondition");
        }

        ConditionRules.CheckUnits(context, conditions);
        CheckBaseline(context, guardrail, path, conditions);
        if (guardrail.MinSampleSize is not null) RequireSamples(context, guardrail.Metric!, $"{path}.minSampleSize");
    }

    /// <summary>A least number of samples needs a metric that counts them.</summary>
    public static void RequireSamples(RuleContext context, string name, string path)
    {
        if (!context.Playbook.Metrics.TryGetValue(name, out var metric) || metric is not { Samples: null, SamplesQuery: null } || metric.Source == RolloutMetrics.Source) return;
        context.Problems.Add(ProblemCodes.SamplesMissing, path, $"minSampleSize needs the number of samples; expected 'samples' or 'samplesQuery' in the metric '{name}', got neither");
    }

    private static void CheckBaseline(RuleContext context, Guardrail guardrail, string path, (string? Text, string Path)[] conditions)
    {
        if (guardrail.Baseline is not { } baseline)
        {
            ConditionRules.RefuseBaseline(context, conditions, $"the guardrail '{guardrail.Name}'");
            return;
        }

        References.Metric(context, baseline.Metric, $"{path}.baseline.metric");
        References.Capture(context, baseline.Capture, $"{path}.baseline.capture");

        if (!conditions.Any(condition => ConditionRules.UsesBaseline(condition.Text)))
        {
            context.Problems.Add(ProblemCodes.BaselineUnused, $"{path}.baseline", $"the guardrail '{guardrail.Name}' has a baseline that no condition uses; expected 'baseline' in one of them");
        }
    }
}
