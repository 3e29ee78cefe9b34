namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>What the grammar alone cannot see: rules over the whole playbook.</summary>
internal static class PlaybookRules
{
    public static void Check(RuleContext context)
    {
        InputRules.Check(context);
        ChannelRules.Check(context);
        PeopleRules.Check(context);
        StepRules.Check(context);
        ParameterRules.Check(context);
        ExpressionRules.Check(context);
        MetricRules.Check(context);
        GuardrailRules.Check(context);
        StageRules.Check(context);
        ApprovalRules.Check(context);
        WindowRules.Check(context);
        RollbackRules.Check(context);
        DurationRules.Check(context);
        SurfaceRules.Check(context);
    }
}
