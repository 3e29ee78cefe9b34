namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about stages, their order and their soaks.</summary>
internal static class StageRules
{
    public static void Check(RuleContext context)
    {
        context.RefuseDuplicates(ProblemCodes.DuplicateStage, context.Stages().Select(pair => (pair.Stage.Name, $"{pair.Path}.name")), "the stage");
        context.RefuseDuplicates(ProblemCodes.DuplicateMilestone, context.Stages().Where(pair => pair.Stage.Milestone is not null).Select(pair => (pair.Stage.Milestone!.Id, $"{pair.Path}.milestone.id")), "the milestone");
        foreach (var (stage, path) in context.Stages())
        {
            CheckNeeds(context, stage, path);
            if (stage.Soak is { } soak) CheckSoak(context, soak, $"{path}.soak");
            if (stage is { Name.Length: > 0, Steps.Count: 0, Ready.Count: 0, Criteria.Count: 0, Approvals.Count: 0, Soak: null } && !context.Problems.IsUnfit($"{path}.steps") && !context.Problems.IsUnfit($"{path}.approvals"))
            {
                context.Problems.Add(ProblemCodes.IdleStage, path, $"the stage '{stage.Name}' does nothing; expected steps, checks, a soak or an approval");
            }
        }

        CheckCycles(context);
        CheckLists(context);
    }

    private static void CheckNeeds(RuleContext context, Stage stage, string path)
    {
        for (var i = 0; i < stage.Needs.Count; i++)
        {
            References.Stage(context, stage.Needs[i], $"{path}.needs[{i}]");
            if (stage.Needs[i] == stage.Name) context.Problems.Add(ProblemCodes.NeedsOnlyEarlier, $"{path}.needs[{i}]", $"the stage '{stage.Name}' needs itself; expected another stage");
        }

        context.RefuseDuplicates(ProblemCodes.DuplicateItem, stage.Needs.Select((name, index) => (name, $"{path}.needs[{index}]")), "the need");
    }

    /// <summary>Each cycle is reported once, at its stage that comes first in the file.</summary>
    private static void CheckCycles(RuleContext context)
    {
        var reported = new HashSet<string>();
        foreach (var (stage, path) in context.Stages())
        {
            if (reported.Contains(stage.Name) || stage.Needs.Contains(stage.Name) || FindCycle(context.Playbook, stage) is not { } cycle) continue;
            reported.UnionWith(cycle);
            context.Problems.Add(ProblemCodes.NeedsCycle, context.Map.Has($"{path}.needs") ? $"{path}.needs" : path, $"stages wait for each other; expected an order, got {string.Join(" needs ", cycle.Append(cycle[0]))}");
        }
    }

    private static List<string>? FindCycle(Playbook playbook, Stage start)
    {
        var visited = new HashSet<string>();
        var open = new Stack<IReadOnlyList<string>>([[start.Name]]);
        while (open.TryPop(out var trail))
        {
            if (playbook.FindStage(trail[^1]) is not { } stage) continue;
            foreach (var name in playbook.NeedsOf(stage))
            {
                if (name == start.Name) return [.. trail];
                if (visited.Add(name)) open.Push([.. trail, name]);
            }
        }

        return null;
    }

    private static void CheckSoak(RuleContext context, Soak soak, string path)
    {
        for (var i = 0; i < soak.Count.Count; i++) References.Metric(context, soak.Count[i].Metric, $"{path}.count[{i}].metric");
        context.RefuseDuplicates(ProblemCodes.DuplicateItem, soak.Count.Select((count, index) => (count.Metric, $"{path}.count[{index}].metric")), "the counter");
        for (var i = 0; i < soak.Count.Count; i++)
        {
            if (soak.Count[i].Increase <= 0 && context.Map.Has($"{path}.count[{i}].increase") && !context.Problems.IsUnfit($"{path}.count[{i}].increase"))
                context.Problems.Add(ProblemCodes.OutOfRange, $"{path}.count[{i}].increase", FormattableString.Invariant($"a counter that need not rise decides nothing; expected an increase greater than 0, got {soak.Count[i].Increase}"));
        }

        var hasFor = context.Map.Has($"{path}.for");
        if (!hasFor && soak.Count.Count == 0)
        {
            context.Problems.Add(ProblemCodes.EmptySoak, path, "the soak has no measure; expected 'for', 'count' or both, got neither");
        }
        else if (!hasFor && soak.AtMost is null)
        {
            context.Problems.Add(ProblemCodes.AtMostMissing, path, "a soak that only counts needs an end; expected 'atMost'");
        }

        if (soak.AtMost is { } atMost && atMost < soak.For)
        {
            context.Problems.Add(ProblemCodes.AtMostTooShort, $"{path}.atMost", $"atMost is shorter than for; expected at least '{PlaybookDuration.Format(soak.For)}', got '{PlaybookDuration.Format(atMost)}'");
        }
    }

    private static void CheckLists(RuleContext context)
    {
        var playbook = context.Playbook;
        context.RefuseDuplicates(ProblemCodes.DuplicateItem, playbook.Surfaces.Select((name, index) => (name, $"spec.surfaces[{index}]")), "the surface");
        context.RefuseDuplicates(ProblemCodes.DuplicateItem, playbook.Overrides.Select((name, index) => (name, $"spec.overrides[{index}]")), "the group");
    }
}
