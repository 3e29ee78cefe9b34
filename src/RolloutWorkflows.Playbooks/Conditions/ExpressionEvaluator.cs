namespace RolloutWorkflows.Playbooks.Conditions;

/// <summary>Evaluates a parsed expression by three-valued logic. Values of a wrong type count as missing.</summary>
internal sealed class ExpressionEvaluator(Func<string, Operand> lookUp)
{
    public ConditionResult EvaluateBoolean(ExpressionNode node) => Evaluate(node).AsResult();

    private Operand Evaluate(ExpressionNode node) => node switch
    {
        NumberNode number => Operand.FromNumber(number.Value),
        TextNode text => Operand.FromText(text.Value),
        BooleanNode boolean => Operand.FromResult(boolean.Value ? ConditionResult.True : ConditionResult.False),
        ListNode list => Operand.FromList([.. list.Items.Select(Evaluate)]),
        ReferenceNode reference => lookUp(reference.Name),
        NegationNode negation => Operand.FromNumber(-Evaluate(negation.Inner).Number),
        NotNode not => Operand.FromResult(Not(EvaluateBoolean(not.Inner))),
        CallNode call => Call(call),
        BinaryNode { Operator: "and" } and => Operand.FromResult(And(EvaluateBoolean(and.Left), EvaluateBoolean(and.Right))),
        BinaryNode { Operator: "or" } or => Operand.FromResult(Or(EvaluateBoolean(or.Left), EvaluateBoolean(or.Right))),
        BinaryNode binary => Combine(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        _ => throw new InvalidOperationException($"Bug in RolloutWorkflows: no rule evaluates {node.GetType().Name}, please report"),
    };

    private Operand Call(CallNode call)
    {
        var first = Evaluate(call.Arguments[0]);
        switch (call.Function)
        {
            case "isNaN":
                return first.Number is { } number ? Operand.FromResult(From(double.IsNaN(number))) : Operand.Missing;
            case "default":
                return first.IsMissing || first.Number is double.NaN ? Evaluate(call.Arguments[1]) : first;
            default:
                return Contains(first, Evaluate(call.Arguments[1]));
        }
    }

    private static Operand Combine(string sign, Operand left, Operand right) => sign switch
    {
        "==" => Operand.FromResult(AreEqual(left, right)),
        "!=" => Operand.FromResult(Not(AreEqual(left, right))),
        "in" => Contains(right, left),
        _ => CombineNumbers(sign, left.Number, right.Number),
    };

    private static Operand CombineNumbers(string sign, double? left, double? right)
    {
        if (left is not { } a || right is not { } b) return Operand.Missing;
        switch (sign)
        {
            case "+": return Operand.FromNumber(a + b);
            case "-": return Operand.FromNumber(a - b);
            case "*": return Operand.FromNumber(a * b);
            // A quotient of zero is no number that a rollout should be decided by.
            case "/": return b == 0 ? Operand.Missing : Operand.FromNumber(a / b);
        }

        if (double.IsNaN(a) || double.IsNaN(b)) return Operand.Missing;
        return Operand.FromResult(From(sign switch
        {
            "<" => a < b,
            "<=" => a <= b,
            ">" => a > b,
            _ => a >= b,
        }));
    }

    private static ConditionResult AreEqual(Operand left, Operand right)
    {
        if (left.IsMissing || right.IsMissing) return ConditionResult.Undecided;
        if (left.Number is double.NaN || right.Number is double.NaN) return ConditionResult.Undecided;
        if (left.Value is IReadOnlyList<Operand> a && right.Value is IReadOnlyList<Operand> b) return From(a.SequenceEqual(b));
        return From(left.Type == right.Type && Equals(left.Value, right.Value));
    }

    private static Operand Contains(Operand container, Operand item)
    {
        if (container.IsMissing || item.IsMissing) return Operand.Missing;
        return container.Value switch
        {
            IReadOnlyList<Operand> list => Operand.FromResult(list.Select(each => AreEqual(each, item)).Aggregate(ConditionResult.False, Or)),
            string text when item.Value is string part => Operand.FromResult(From(text.Contains(part, StringComparison.Ordinal))),
            _ => Operand.Missing,
        };
    }

    private static ConditionResult From(bool value) => value ? ConditionResult.True : ConditionResult.False;

    private static ConditionResult Not(ConditionResult value) => value switch
    {
        ConditionResult.True => ConditionResult.False,
        ConditionResult.False => ConditionResult.True,
        _ => ConditionResult.Undecided,
    };

    private static ConditionResult And(ConditionResult left, ConditionResult right) =>
        left == ConditionResult.False || right == ConditionResult.False ? ConditionResult.False
        : left == ConditionResult.True && right == ConditionResult.True ? ConditionResult.True
        : ConditionResult.Undecided;

    private static ConditionResult Or(ConditionResult left, ConditionResult right) => Not(And(Not(left), Not(right)));
}
