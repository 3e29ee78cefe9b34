using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What a run will change, as far as its playbook and inputs tell. What only the run itself can tell is leased before its first write.</summary>
public sealed class LeaseTargets
{
    private readonly StepActivities _kinds;

    internal LeaseTargets(StepActivities kinds) => _kinds = kinds;

    /// <summary>The targets by name, each once.</summary>
    public IReadOnlyList<string> NamedBy(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs)
    {
        var scope = new ExpressionScope { Inputs = inputs };
        return [.. PlaybookSteps.All(playbook).SelectMany(entry => Of(entry.Step, scope)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private IReadOnlyList<string> Of(Step step, ExpressionScope scope)
    {
        if (_kinds.Find(step.Uses) is not ILeasedStep kind) return [];
        if (step.If is { } condition && IfExpression.TryParse(condition, out var expression, out _) && expression.Evaluate(scope) == ConditionResult.False) return [];
        try
        {
            return kind.LeasesOf(ExpressionResolver.Resolve(step.With, scope));
        }
        catch (ExpressionException)
        {
            // It needs what only the run will know.
            return [];
        }
    }
}
