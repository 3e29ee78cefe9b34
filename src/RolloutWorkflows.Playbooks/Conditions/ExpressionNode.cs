namespace RolloutWorkflows.Playbooks.Conditions;

/// <summary>The types that reading can tell apart; <see cref="Any"/> is settled when a run evaluates.</summary>
internal enum OperandType
{
    Number,
    Boolean,
    Text,
    List,
    Any,
}

/// <summary>One node of a parsed expression, with its place in the text.</summary>
internal abstract record ExpressionNode(int Position, OperandType Type)
{
    public virtual IEnumerable<ExpressionNode> Children => [];

    public IEnumerable<ExpressionNode> DescendantsAndSelf() => Children.SelectMany(child => child.DescendantsAndSelf()).Prepend(this);

    public IEnumerable<ReferenceNode> References() => DescendantsAndSelf().OfType<ReferenceNode>();
}

internal sealed record NumberNode(int Position, double Value, bool IsPercent) : ExpressionNode(Position, OperandType.Number);

internal sealed record BooleanNode(int Position, bool Value) : ExpressionNode(Position, OperandType.Boolean);

internal sealed record TextNode(int Position, string Value) : ExpressionNode(Position, OperandType.Text);

internal sealed record ListNode(int Position, IReadOnlyList<ExpressionNode> Items) : ExpressionNode(Position, OperandType.List)
{
    public override IEnumerable<ExpressionNode> Children => Items;
}

internal sealed record ReferenceNode(int Position, string Name, OperandType Type) : ExpressionNode(Position, Type);

internal sealed record NegationNode(int Position, ExpressionNode Inner) : ExpressionNode(Position, OperandType.Number)
{
    public override IEnumerable<ExpressionNode> Children => [Inner];
}

internal sealed record NotNode(int Position, ExpressionNode Inner) : ExpressionNode(Position, OperandType.Boolean)
{
    public override IEnumerable<ExpressionNode> Children => [Inner];
}

internal sealed record BinaryNode(int Position, string Operator, ExpressionNode Left, ExpressionNode Right, OperandType Type)
    : ExpressionNode(Position, Type)
{
    public override IEnumerable<ExpressionNode> Children => [Left, Right];
}

internal sealed record CallNode(int Position, string Function, IReadOnlyList<ExpressionNode> Arguments, OperandType Type)
    : ExpressionNode(Position, Type)
{
    public override IEnumerable<ExpressionNode> Children => Arguments;
}
