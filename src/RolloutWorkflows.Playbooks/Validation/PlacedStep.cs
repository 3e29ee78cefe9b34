namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Where a list of steps stands, which decides what its steps may be.</summary>
internal enum StepList
{
    Preflight,
    Ready,
    Steps,
    Criteria,
    Promotion,
    RollbackBefore,
    RollbackSteps,
    RollbackVerify,
    Finally,
}

/// <summary>A step, its place in the file and the stage that it belongs to (null: the playbook's own).</summary>
internal sealed record PlacedStep(Step Step, string Path, StepList List, Stage? Stage)
{
    /// <summary>Checks answer; only here may steps act.</summary>
    public bool MayAct => List is StepList.Steps or StepList.Promotion or StepList.RollbackBefore or StepList.RollbackSteps or StepList.Finally;

    /// <summary>Where a run waits for people. On the way back and at the end nobody does.</summary>
    public bool MayAsk => List is StepList.Preflight or StepList.Ready or StepList.Steps or StepList.Criteria or StepList.Promotion;

    public static IEnumerable<PlacedStep> In(Playbook playbook)
    {
        var all = Place(playbook.Preflight, "spec.preflight", StepList.Preflight, null)
            .Concat(Place(playbook.Promotion, "spec.promotion", StepList.Promotion, null))
            .Concat(InRollback(playbook.Rollback, "spec.rollback", null));
        for (var i = 0; i < playbook.Stages.Count; i++)
        {
            var (stage, path) = (playbook.Stages[i], $"spec.stages[{i}]");
            all = all
                .Concat(Place(stage.Ready, $"{path}.ready", StepList.Ready, stage))
                .Concat(Place(stage.Steps, $"{path}.steps", StepList.Steps, stage))
                .Concat(Place(stage.Criteria, $"{path}.criteria", StepList.Criteria, stage))
                .Concat(InRollback(stage.Rollback, $"{path}.rollback", stage));
        }

        return all.Concat(Place(playbook.Finally, "spec.finally", StepList.Finally, null));
    }

    private static IEnumerable<PlacedStep> InRollback(RollbackPlan? rollback, string path, Stage? stage) => rollback is null
        ? []
        : Place(rollback.Before, $"{path}.before", StepList.RollbackBefore, stage)
            .Concat(Place(rollback.Steps, $"{path}.steps", StepList.RollbackSteps, stage))
            .Concat(Place(rollback.Verify, $"{path}.verify", StepList.RollbackVerify, stage));

    private static IEnumerable<PlacedStep> Place(IReadOnlyList<Step> steps, string path, StepList list, Stage? stage) =>
        steps.Select((step, index) => new PlacedStep(step, $"{path}[{index}]", list, stage));
}
