namespace RolloutWorkflows.Playbooks.Conditions;

/// <summary>Which names and values an expression may use; operators and logic are the same in both.</summary>
internal enum ExpressionDialect
{
    /// <summary>Conditions of guardrails and checks: numbers, <c>result</c>, <c>baseline</c>.</summary>
    Measurement,

    /// <summary><c>if:</c> of steps: numbers, texts, lists, <c>inputs.…</c>, <c>steps.….outputs.…</c>, <c>run.…</c>.</summary>
    Run,
}
