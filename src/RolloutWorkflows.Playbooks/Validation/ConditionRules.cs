using RolloutWorkflows.Playbooks.Conditions;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about what conditions compare.</summary>
internal static class ConditionRules
{
    /// <summary>
    /// Warns where a percentage meets a plain number: within one condition, or where one condition compares with a
    /// percentage and another on the same measurement with a plain number. Zero is the same in both.
    /// </summary>
    public static void CheckUnits(RuleContext context, IReadOnlyList<(string? Text, string Path)> conditions)
    {
        (string Unit, string Text)? first = null;
        foreach (var (text, path) in conditions)
        {
            if (text is null || !Condition.TryParse(text, out var condition, out _)) continue;
            var units = condition.Root.DescendantsAndSelf().OfType<BinaryNode>().Where(Compares).SelectMany(node => UnitsOf(node.Left).Concat(UnitsOf(node.Right))).Distinct().ToList();
            var mixed = condition.Root.DescendantsAndSelf().OfType<BinaryNode>().Any(node => Compares(node) && Meet(node.Left, node.Right));
            if (mixed || units.Count > 1)
            {
                context.Problems.Add(ProblemCodes.PercentMeetsNumber, path, $"a percentage meets a plain number; expected the same unit on both sides (5% is 0.05), got '{text}'");
            }
            else if (units is [var unit])
            {
                if (first is { } other && other.Unit != unit)
                {
                    context.Problems.Add(ProblemCodes.PercentMeetsNumber, path, $"a percentage meets a plain number; expected the same unit as in '{other.Text}' (5% is 0.05), got '{text}'");
                }

                first ??= (unit, text);
            }
        }
    }

    /// <summary>Refuses <c>baseline</c> where nothing says what it is.</summary>
    public static void RefuseBaseline(RuleContext context, IReadOnlyList<(string? Text, string Path)> conditions, string what)
    {
        foreach (var (text, path) in conditions.Where(pair => UsesBaseline(pair.Text)))
        {
            context.Problems.Add(ProblemCodes.BaselineMissing, path, $"{what} compares with a baseline that it does not have; expected a condition over result only or a stated baseline, got '{text}'");
        }
    }

    public static bool UsesBaseline(string? text) => text is not null && Condition.TryParse(text, out var condition, out _) && condition.UsesBaseline;

    /// <summary>Comparing and adding need one unit; multiplying and dividing make a new one.</summary>
    private static bool Compares(BinaryNode node) => node.Operator is not ("*" or "/" or "and" or "or");

    private static bool Meet(ExpressionNode left, ExpressionNode right) =>
        UnitsOf(left).Concat(UnitsOf(right)).Distinct().Count() > 1;

    private static IEnumerable<string> UnitsOf(ExpressionNode node) => node switch
    {
        NumberNode { Value: 0 } => [],
        NumberNode number => [number.IsPercent ? "percent" : "number"],
        NegationNode negation => UnitsOf(negation.Inner),
        BinaryNode { Operator: "+" or "-" } sum => UnitsOf(sum.Left).Concat(UnitsOf(sum.Right)),
        _ => [],
    };
}
