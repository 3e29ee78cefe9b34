using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The expressions in a guardrail's check. Pure.</summary>
internal static class GuardrailExpressions
{
    /// <summary>The rule with the expressions of its <c>with</c> resolved. What has no value stays as written, so that the check itself says what is wrong.</summary>
    public static Guardrail Resolved(this Guardrail rule, ExpressionScope scope)
    {
        try
        {
            return rule.With.Count == 0 ? rule : rule with { With = ExpressionResolver.Resolve(rule.With, scope) };
        }
        catch (ExpressionException)
        {
            return rule;
        }
    }
}
