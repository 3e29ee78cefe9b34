namespace RolloutWorkflows.Orchestrations;

/// <summary>What a guardrail's rules make of a reading.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Message">One sentence: the rule that decided, expected against got.</param>
public readonly record struct GuardrailJudgement(MeasurementVerdict Verdict, string Message);
