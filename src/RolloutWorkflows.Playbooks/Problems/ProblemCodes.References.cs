namespace RolloutWorkflows.Playbooks;

/// <summary>RW1030 to RW1049: references and expressions.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode UnknownStepKind = new(
        "RW1030", "Unknown step kind", "No step kind has that name.", "Use one that 'rollout steps' lists.");

    public static readonly ProblemCode InvalidExpression = new(
        "RW1040", "Expression cannot be read", "What stands between ${{ and }} is no reference.", "Write inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME.");

    public static readonly ProblemCode ExpressionNotAllowed = new(
        "RW1041", "No expression here", "What this value says must be known when the playbook is reviewed, not when it runs: kinds, people, conditions, queries, names and the host of an address.", "Write the value out; expressions stand in 'with', in texts and in windows.");
}
