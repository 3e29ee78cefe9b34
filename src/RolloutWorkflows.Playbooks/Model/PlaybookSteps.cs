namespace RolloutWorkflows.Playbooks;

/// <summary>The steps of a playbook, wherever they stand. Pure.</summary>
public static class PlaybookSteps
{
    /// <summary>Every step and check with where it stands, such as <c>stage canary</c> or <c>finally</c>; what stages take over from the playbook stands once.</summary>
    public static IEnumerable<(string Where, Step Step)> All(Playbook playbook) =>
        playbook.Preflight.Select(step => ("preflight", step))
            .Concat(playbook.Stages.SelectMany(stage => stage.Ready.Concat(stage.Steps).Concat(stage.Criteria).Select(step => ($"stage {stage.Name}", step))))
            .Concat(playbook.Promotion.Select(step => ("promotion", step)))
            .Concat(OnTheWayBack(playbook))
            .Concat(playbook.Finally.Select(step => ("finally", step)));

    private static IEnumerable<(string Where, Step Step)> OnTheWayBack(Playbook playbook)
    {
        var common = Of(playbook.Rollback, "rollback").ToList();
        // Stages carry what they take over from the playbook; it is named once.
        return common.Concat(playbook.Stages.SelectMany(stage => Of(stage.Rollback, $"stage {stage.Name}: rollback"))
            .Where(entry => !common.Exists(known => ReferenceEquals(known.Step, entry.Step))));
    }

    private static IEnumerable<(string Where, Step Step)> Of(RollbackPlan? plan, string where) =>
        plan is null ? [] : plan.Before.Concat(plan.Steps).Concat(plan.Verify).Select(step => (where, step));
}
