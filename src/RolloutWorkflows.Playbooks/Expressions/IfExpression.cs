using System.Diagnostics.CodeAnalysis;
using RolloutWorkflows.Playbooks.Conditions;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// The <c>if</c> of a step: the logic of <see cref="Condition"/> over <c>inputs.NAME</c>, <c>steps.ID.outputs.NAME</c>,
/// <c>run.NAME</c> and <c>item</c>, with texts in quotes, <c>[lists]</c>, <c>==</c> on any type, <c>x in [..]</c> and
/// <c>contains(list or text, x)</c>. Written without <c>${{ }}</c>. Immutable, thread-safe and free of I/O.
/// </summary>
public sealed class IfExpression
{
    private readonly ExpressionNode _root;

    private IfExpression(string text, ExpressionNode root, IReadOnlyList<ExpressionReference> references) =>
        (Text, _root, References) = (text, root, references);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<ExpressionReference> References { get; }

    /// <summary>Reads an expression, or throws a <see cref="ConditionException"/> with the position.</summary>
    public static IfExpression Parse(string text)
    {
        var root = new ExpressionParser(text, ExpressionDialect.Run).ParseBoolean();
        var references = new List<ExpressionReference>();
        foreach (var node in root.References())
        {
            if (!ExpressionReference.TryParse(node.Name, out var reference, out var error)) throw new ConditionException(error, text, node.Position);
            if (reference.Kind == ReferenceKind.Secret) throw new ConditionException("a secret may not stand in 'if'", text, node.Position);
            references.Add(reference);
        }

        return new IfExpression(text, root, references);
    }

    /// <summary>Reads an expression; where it cannot be read, <paramref name="error"/> says why and where.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IfExpression? expression, [NotNullWhen(false)] out ConditionException? error)
    {
        try
        {
            (expression, error) = (Parse(text), null);
            return true;
        }
        catch (ConditionException exception)
        {
            (expression, error) = (null, exception);
            return false;
        }
    }

    /// <summary>Evaluates it. A reference without a value makes what depends on it undecided.</summary>
    public ConditionResult Evaluate(ExpressionScope scope) => new ExpressionEvaluator(name => LookUp(name, scope)).EvaluateBoolean(_root);

    public override string ToString() => Text;

    private static Operand LookUp(string name, ExpressionScope scope)
    {
        if (!ExpressionReference.TryParse(name, out var reference, out _)) return Operand.Missing;
        try
        {
            return Operand.FromJson(scope.LookUp(reference));
        }
        catch (ExpressionException)
        {
            // A step that was skipped has no outputs; that leaves the question open rather than breaking the run.
            return Operand.Missing;
        }
    }
}
