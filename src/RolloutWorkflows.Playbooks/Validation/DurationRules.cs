namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Durations that must not be zero, or not be shorter than what they time.</summary>
internal static class DurationRules
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void Check(RuleContext context)
    {
        foreach (var (guardrail, path, _) in context.Guardrails()) AtLeast(context, guardrail.Interval, $"{path}.interval", Second);
        foreach (var (stage, path) in context.Stages())
        {
            AtLeast(context, stage.CriteriaInterval, $"{path}.criteriaInterval", Second);
            AtLeast(context, stage.Soak?.For, $"{path}.soak.for", Second);
            AtLeast(context, stage.Rollback?.Objective, $"{path}.rollback.objective", Second);
        }

        AtLeast(context, context.Playbook.Rollback?.Objective, "spec.rollback.objective", Second);
        AtLeast(context, context.Playbook.Watch, "spec.watch.for", Second);
        foreach (var (approval, path) in context.Approvals())
        {
            AtLeast(context, approval.Timeout, $"{path}.timeout", Second);
            AtLeast(context, approval.ValidFor, $"{path}.validFor", Second);
        }

        foreach (var placed in context.Steps)
        {
            AtLeast(context, placed.Step.Timeout, $"{placed.Path}.timeout", TimeSpan.FromMilliseconds(1));
            AtLeast(context, placed.Step.Retry?.Timeout, $"{placed.Path}.retry.timeout", TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Only what stands in the file is judged: absent and unreadable values are none of this rule's business.</summary>
    private static void AtLeast(RuleContext context, TimeSpan? duration, string path, TimeSpan least)
    {
        if (duration is not { } value || value >= least || !context.Map.Has(path)) return;
        context.Problems.Add(ProblemCodes.DurationTooShort, path, $"the duration is too short; expected at least {PlaybookDuration.Format(least)}, got '{PlaybookDuration.Format(value)}'");
    }
}
