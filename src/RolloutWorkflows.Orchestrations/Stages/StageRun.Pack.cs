using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What people are shown when they are asked.</summary>
internal sealed partial class StageRun
{
    /// <summary>What stands now, for those who decide. What cannot be found out is said and holds nothing up.</summary>
    private async Task<DecisionPack> PackAsync(string? opens)
    {
        var target = opens is null ? null : playbook.FindStage(opens);
        var rules = GuardrailsHere().Select(rule => rule.Resolved(Scope())).ToList();
        var facts = await GatherAsync(rules, target);
        return new DecisionPack
        {
            AsOf = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero),
            Opens = opens,
            Guardrails = [.. rules.Select(rule => Packed(rule, facts.Measurements.FirstOrDefault(last => last.Guardrail == rule.Name)))],
            Checks = [.. checks.Values],
            Documents = [.. documents.Values.OrderBy(document => document.Name, StringComparer.Ordinal)],
            Soak = soakAccount,
            Changes = facts.Changes,
            WayBack = target is { Steps.Count: > 0 } ? WayBackOf(target) : null,
            Unknown = facts.Unknown,
        };
    }

    private async Task<DecisionFacts> GatherAsync(IReadOnlyList<Guardrail> rules, Stage? target)
    {
        var call = context.CallActivityAsync<DecisionFacts>(ActivityNames.GatherFacts, new DecisionFactsRequest
        {
            RunId = input.Rollout.RunId,
            Playbook = playbook.Name,
            At = Now,
            Guardrails = rules.ToDictionary(rule => rule.Name, rule => input.Clock.Paced(rule.Interval)),
            Steps = target is null ? [] : [.. target.Steps.Select(step => step with { With = step.With.ToDictionary(pair => pair.Key, pair => Resolved(pair.Value)) })],
        });
        // Whoever stops the stage does not wait for figures.
        await Task.WhenAny(call, changed.Until(() => stopping));
        if (!call.IsCompleted) return new DecisionFacts();
        try
        {
            return await call;
        }
        catch (TaskFailedException failure)
        {
            return new DecisionFacts { Unknown = [$"what was measured and what would change: {failure.FailureDetails.ErrorMessage}"] };
        }
    }

    private static PackedGuardrail Packed(Guardrail rule, Measurement? last)
    {
        (string Verb, string? Condition)[] limits = [("fails at", rule.FailureCondition), ("warns at", rule.WarningCondition), ("passes at", rule.SuccessCondition)];
        return new PackedGuardrail
        {
            Name = rule.Name,
            Limits = string.Join(", ", limits.Where(limit => limit.Condition is not null).Select(limit => $"{limit.Verb} {limit.Condition}")),
            Shadow = rule.Mode == GuardrailMode.Shadow,
            Last = last,
        };
    }

    private PackedWayBack WayBackOf(Stage target)
    {
        var plan = playbook.RollbackOf(target);
        return new PackedWayBack
        {
            To = plan.To ?? RollbackTarget.StageStart,
            Objective = plan.Objective,
            Rehearsed = StageRehearsal.Of(input.Rollout.Rehearsals, target.Name),
            Steps =
            [
                .. plan.Before.Select(step => $"first {step.Uses}"),
                .. plan.Steps.Select(step => $"then {step.Uses}"),
                .. plan.Verify.Select(step => $"verify {step.Uses}"),
            ],
        };
    }
}
