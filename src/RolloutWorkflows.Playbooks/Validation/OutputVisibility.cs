namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Which steps have run, whatever happens, when a step is about to: theirs are the outputs it can read.</summary>
internal static class OutputVisibility
{
    public static IEnumerable<PlacedStep> Before(RuleContext context, PlacedStep placed, bool includeItself)
    {
        var earlierStages = placed.Stage is { } stage ? Promoted(context.Playbook, stage) : [];
        var position = context.Steps.IndexOf(placed);
        return context.Steps.Where((other, index) =>
            (includeItself && index == position)
            || (other.List == StepList.Preflight && (placed.List != StepList.Preflight || index < position))
            // The lists of a stage run in the order of the enumeration, and in the file's order each.
            || (ReferenceEquals(other.Stage, placed.Stage) && (other.List < placed.List || (other.List == placed.List && index < position)))
            || (other.Stage is not null && IsForward(other.List) && (placed.Stage is null ? placed.List != StepList.Preflight : earlierStages.Contains(other.Stage.Name))));
    }

    /// <summary>Names of the stages that were promoted before a stage starts: what it needs, and what those need.</summary>
    public static HashSet<string> Promoted(Playbook playbook, Stage stage)
    {
        var found = new HashSet<string>();
        var open = new Queue<Stage>([stage]);
        while (open.TryDequeue(out var next))
        {
            foreach (var name in NeedsOf(playbook, next).Where(found.Add))
            {
                if (playbook.FindStage(name) is { } needed) open.Enqueue(needed);
            }
        }

        return found;
    }

    /// <summary>What a stage waits for: what it states, or the stage before it in the file.</summary>
    public static IReadOnlyList<string> NeedsOf(Playbook playbook, Stage stage)
    {
        if (stage.Needs.Count > 0) return stage.Needs;
        var index = playbook.Stages.IndexOf(stage);
        return index > 0 ? [playbook.Stages[index - 1].Name] : [];
    }

    private static bool IsForward(StepList list) => list is StepList.Ready or StepList.Steps or StepList.Criteria;

    private static int IndexOf<T>(this IReadOnlyList<T> items, T item)
        where T : class
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (ReferenceEquals(items[i], item)) return i;
        }

        return -1;
    }
}
