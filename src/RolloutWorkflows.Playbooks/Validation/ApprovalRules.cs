namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about approvals: who is asked, and whether enough of them can say yes.</summary>
internal static class ApprovalRules
{
    public static void Check(RuleContext context)
    {
        foreach (var (approval, path) in context.Approvals())
        {
            CheckPeople(context, approval, path);
            CheckThreshold(context, approval, path);
            if (context.Map.Has($"{path}.onTimeout") && approval.Timeout is null)
            {
                context.Problems.AddAtKey(ProblemCodes.TimeoutMissing, $"{path}.onTimeout", "onTimeout never happens; expected a 'timeout' beside it, got none");
            }

            if (approval.EscalateTo.Count > 0 && approval.Timeout is null)
            {
                context.Problems.AddAtKey(ProblemCodes.TimeoutMissing, $"{path}.escalateTo", "escalateTo never happens; expected a 'timeout' beside it, got none");
            }

            for (var i = 0; i < approval.EscalateTo.Count; i++) References.Addressee(context, approval.EscalateTo[i], $"{path}.escalateTo[{i}]");
            context.RefuseDuplicates(ProblemCodes.DuplicateItem, approval.EscalateTo.Select((name, index) => (name, $"{path}.escalateTo[{index}]")), "the name");
            context.RefuseDuplicates(ProblemCodes.DuplicateItem, approval.BindTo.Select((binding, index) => (binding.ToString().ToLowerInvariant(), $"{path}.bindTo[{index}]")), "the binding");
        }

        foreach (var (stage, path) in context.Stages())
        {
            context.RefuseDuplicates(ProblemCodes.DuplicateApproval, stage.Approvals.Select((approval, index) => (approval.Name, $"{path}.approvals[{index}].name")), "the approval");
        }
    }

    private static void CheckPeople(RuleContext context, Approval approval, string path)
    {
        for (var i = 0; i < approval.Approvers.Count; i++)
        {
            References.Role(context, approval.Approvers[i].Role, $"{path}.approvers[{i}].role");
            if (approval.Approvers[i].Role is not null) continue;
            References.Group(context, approval.Approvers[i].Group, $"{path}.approvers[{i}].group");
            References.Person(context, approval.Approvers[i].Person, $"{path}.approvers[{i}].person");
        }
    }

    /// <summary>Shares of the electorate can always be reached; a count only if the people are known to be enough.</summary>
    private static void CheckThreshold(RuleContext context, Approval approval, string path)
    {
        if (approval.MinApprovals.Count is not { } needed || approval.Approvers.Count == 0 || Electorate(context, approval) is not { } people) return;
        var at = $"{path}.minApprovals";
        if (needed > people.Count)
        {
            context.Problems.Add(ProblemCodes.UnreachableThreshold, at, $"the approvals cannot be reached; expected at most {people.Count}, as many as there are approvers, got {needed}");
        }
        else if (approval.PreventSelfApproval && needed == people.Count)
        {
            context.Problems.Add(ProblemCodes.ThresholdNeedsStarter, at, $"if an approver starts the run, the others are too few; expected at least {needed + 1} approvers, got {people.Count}");
        }
    }

    /// <summary>The distinct people, or null where a group is known to the host only, or a role to nobody.</summary>
    private static HashSet<string>? Electorate(RuleContext context, Approval approval)
    {
        var people = new HashSet<string>();
        foreach (var approver in approval.Approvers)
        {
            if (approver.Person is { } person) people.Add(person);
            if (approver is { Group: null, Person: null }) return null;
            if (approver.Group is not { } group) continue;
            if (context.Playbook.People?.Groups.TryGetValue(group, out var members) is not true) return null;
            people.UnionWith(members!);
        }

        return people;
    }
}
