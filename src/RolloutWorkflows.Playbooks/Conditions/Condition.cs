using System.Diagnostics.CodeAnalysis;
using RolloutWorkflows.Playbooks.Conditions;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// A condition over a measurement, such as <c>result > 5%</c> or <c>result &lt;= baseline * 1.2 and not isNaN(result)</c>.
/// <para>
/// Names: <c>result</c>, <c>baseline</c>. Numbers: <c>5</c>, <c>0.5</c>, <c>1e3</c>, and <c>5%</c> which is 0.05.
/// Operators, weakest first: <c>or</c>, <c>and</c>, <c>not</c>, one comparison (<c>== != &lt; &lt;= > >=</c>),
/// <c>+ -</c>, <c>* /</c>, unary <c>-</c>. Functions: <c>isNaN(x)</c>, <c>default(x, y)</c>.
/// </para>
/// <para>
/// A value that is missing, NaN, or the quotient of a division by zero makes a comparison undecided.
/// <c>isNaN(x)</c> is true for NaN and undecided where x is missing; <c>default(x, y)</c> is y where x is missing, NaN
/// or cannot be computed. <c>and</c>, <c>or</c> and <c>not</c> follow three-valued logic: <c>false and undecided</c>
/// is false, <c>true or undecided</c> is true.
/// </para>
/// Immutable and thread-safe; evaluation is deterministic and free of I/O, hence safe in replay.
/// </summary>
public sealed class Condition
{
    private readonly ExpressionNode _root;

    private Condition(string text, ExpressionNode root)
    {
        Text = text;
        _root = root;
        UsesBaseline = root.References().Any(reference => reference.Name == "baseline");
    }

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>True where <c>baseline</c> stands in it.</summary>
    public bool UsesBaseline { get; }

    internal ExpressionNode Root => _root;

    /// <summary>Reads a condition, or throws a <see cref="ConditionException"/> with the position.</summary>
    public static Condition Parse(string text)
    {
        var root = new ExpressionParser(text, ExpressionDialect.Measurement).ParseBoolean();
        return new Condition(text, root);
    }

    /// <summary>Reads a condition; where it cannot be read, <paramref name="error"/> says why and where.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out ConditionException? error)
    {
        try
        {
            (condition, error) = (Parse(text), null);
            return true;
        }
        catch (ConditionException exception)
        {
            (condition, error) = (null, exception);
            return false;
        }
    }

    /// <summary>Evaluates the condition; null stands for a value that is missing.</summary>
    public ConditionResult Evaluate(double? result, double? baseline = null) =>
        new ExpressionEvaluator(name => name switch
        {
            "result" => Operand.FromNumber(result),
            "baseline" => Operand.FromNumber(baseline),
            _ => Operand.Missing,
        }).EvaluateBoolean(_root);

    public override string ToString() => Text;
}
