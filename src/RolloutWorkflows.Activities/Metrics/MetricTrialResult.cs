using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a metric came to, and what each guardrail on it makes of that.</summary>
/// <param name="Reading">What the source answered.</param>
/// <param name="Took">How long the answer took.</param>
/// <param name="Guardrails">The verdict of each guardrail on the metric, in the playbook's order.</param>
public sealed record MetricTrialResult(MetricReading Reading, TimeSpan Took, IReadOnlyList<GuardrailTrial> Guardrails);
