namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>
/// Which steps have run, whatever happens, when a step is about to: theirs are the outputs that it and its undo can read. The
/// step itself is not among them: an undo is settled before its step acts, so that it is known where nobody knows what became of it.
/// </summary>
internal static class OutputVisibility
{
    public static IEnumerable<PlacedStep> Before(RuleContext context, PlacedStep placed)
    {
        var earlierStages = placed.Stage is { } stage ? context.Playbook.StagesBefore(stage) : new HashSet<string>();
        var position = context.Steps.IndexOf(placed);
        return context.Steps.Where((other, index) =>
            (other.List == StepList.Preflight && (placed.List != StepList.Preflight || index < position))
            // The lists of a stage run in the order of the enumeration, and in the file's order each.
            || (ReferenceEquals(other.Stage, placed.Stage) && (other.List < placed.List || (other.List == placed.List && index < position)))
            || (other.Stage is not null && IsForward(other.List) && (placed.Stage is null ? placed.List is not (StepList.Preflight or StepList.Promotion) : earlierStages.Contains(other.Stage.Name))));
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
