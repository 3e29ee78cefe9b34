namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>What the grammar alone cannot see: rules over the whole playbook.</summary>
internal static class PlaybookRules
{
    public static void Check(RuleContext context)
    {
        StepRules.Check(context);
    }
}
