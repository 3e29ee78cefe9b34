using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about metrics of the built-in source over past runs.</summary>
internal static class MetricRules
{
    public static void Check(RuleContext context)
    {
        foreach (var (name, metric) in context.Playbook.Metrics)
        {
            var path = $"spec.metrics.{name}";
            if (metric.Source == RolloutMetrics.Source) CheckRollouts(context, metric, path);
            else if (new[] { "playbook", "last" }.FirstOrDefault(key => context.Map.Has($"{path}.{key}")) is { } key)
                context.Problems.Add(ProblemCodes.ExclusiveKeys, $"{path}.{key}", $"'{key}' says which past runs are meant; expected it only beside 'source: {RolloutMetrics.Source}', got source '{metric.Source}'");
        }
    }

    private static void CheckRollouts(RuleContext context, Metric metric, string path)
    {
        if (new[] { "query", "samples", "samplesQuery" }.FirstOrDefault(key => context.Map.Has($"{path}.{key}")) is { } key)
            context.Problems.Add(ProblemCodes.ExclusiveKeys, $"{path}.{key}", $"the source {RolloutMetrics.Source} takes no {key}; expected value, playbook and last");
        if (metric.Value is { } value && !RolloutMetrics.Values.Contains(value))
            context.Problems.Add(ProblemCodes.UnknownValue, $"{path}.value", $"the source {RolloutMetrics.Source} knows no such value; expected one of {string.Join(", ", RolloutMetrics.Values)}, got '{value}'{Suggestion.For(value, RolloutMetrics.Values)}");
    }
}
