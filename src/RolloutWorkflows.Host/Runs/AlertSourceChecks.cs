using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Finds checks of alerts that would have nobody to ask. Pure.</summary>
internal static class AlertSourceChecks
{
    private const string Kind = "alerts/silent";

    /// <summary>One sentence per check that this host's sources cannot answer.</summary>
    public static IEnumerable<string> Obstacles(Playbook playbook, RolloutSettings settings)
    {
        var sources = settings.MetricSources.Where(source => source.Value.Provider == MetricProvider.Prometheus).Select(source => source.Key).Order(StringComparer.Ordinal).ToList();
        var steps = PlaybookSteps.All(playbook).Where(entry => entry.Step.Uses == Kind).Select(entry => ($"{entry.Where}, {Kind}", entry.Step.With));
        var guardrails = playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails)).Where(guardrail => guardrail.Uses == Kind).Select(guardrail => ($"guardrail {guardrail.Name}", guardrail.With));
        foreach (var (where, with) in steps.Concat(guardrails))
        {
            var named = with.TryGetValue("source", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            // A source that an expression chooses is known only once the run resolves it.
            if (named is null ? sources.Count == 1 : named.Contains("${{", StringComparison.Ordinal) || sources.Contains(named)) continue;
            yield return named is null && sources.Count > 1
                ? $"{where}: this host has several alert sources ({string.Join(", ", sources)}); name one as with.source."
                : $"{where}: the alert source{(named is null ? "" : $" '{named}'")} is not configured; add extensions.rollout.metricSources.{named ?? "NAME"} with \"provider\": \"prometheus\" to host.json.";
        }
    }
}
