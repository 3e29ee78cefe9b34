using System.Globalization;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Why a scalar is refused: <c>what</c> after the key's name, and what was expected (null: <c>what</c> says it).</summary>
internal sealed record Refusal(ProblemCode Code, string What, string? Expected, string Advice = "")
{
    public static Refusal Complete(ProblemCode code, string what) => new(code, what, null);
}

/// <summary>What each kind of scalar accepts.</summary>
internal static partial class ScalarRules
{
    /// <summary>Null where the scalar is accepted.</summary>
    public static Refusal? Check(ScalarForm form, YamlScalar scalar) => form.Kind switch
    {
        _ when scalar.IsNull => new Refusal(ProblemCodes.WrongType, "is empty", Expectation(form)),
        ScalarKind.Text => scalar.Text.Length > 0 || form.AllowsEmpty ? null : new Refusal(ProblemCodes.WrongType, "is empty", Expectation(form)),
        ScalarKind.Boolean => YamlValues.TryBoolean(scalar, out _) ? null : Wrong(form),
        ScalarKind.Integer => YamlValues.TryInteger(scalar, out var integer) ? InRange(form, integer) : Wrong(form),
        ScalarKind.LongInteger => YamlValues.TryLong(scalar, out var id) ? InRange(form, id) : Wrong(form),
        ScalarKind.Number => YamlValues.TryNumber(scalar, out var number) ? InRange(form, number) : Wrong(form),
        ScalarKind.Percent => (scalar.IsPlain || scalar.Text.EndsWith('%')) && TryPercent(scalar.Text, out var percent) ? InRange(form, percent) : Wrong(form),
        ScalarKind.Duration => CheckDuration(form, scalar),
        ScalarKind.Choice => CheckChoice(form, scalar),
        ScalarKind.Condition => Condition.TryParse(scalar.Text, out _, out var error) ? null : Refusal.Complete(ProblemCodes.InvalidCondition, $"is no condition; {error.Message}"),
        ScalarKind.If => IfExpression.TryParse(scalar.Text, out _, out var error) ? null : Refusal.Complete(ProblemCodes.InvalidIf, $"cannot be read; {error.Message}"),
        ScalarKind.Label => Matches(form, scalar, Label()),
        ScalarKind.Identifier => Matches(form, scalar, Identifier()),
        ScalarKind.Name => Matches(form, scalar, Name()),
        ScalarKind.Threshold => TryThreshold(scalar.Text, out _) ? null : new Refusal(ProblemCodes.InvalidThreshold, "is no number of approvals", Expectation(form)),
        ScalarKind.Url => CheckUrl(form, scalar),
        ScalarKind.Pattern => CheckPattern(form, scalar),
        ScalarKind.Expression => Wrong(form),
        _ => null,
    };

    /// <summary>What a form accepts, for error texts.</summary>
    public static string Expectation(Form form) => form switch
    {
        ScalarForm { Kind: ScalarKind.Choice } choice => Wording.AnyOf(choice.Values),
        ScalarForm { Kind: ScalarKind.Number or ScalarKind.Integer or ScalarKind.LongInteger } number => $"{(number.Kind == ScalarKind.Number ? "a number" : "a whole number")}{Range(number)}",
        ScalarForm scalar => Expectation(scalar.Kind),
        ListForm { Item: ScalarForm { Kind: ScalarKind.Label or ScalarKind.Identifier or ScalarKind.Name } } => "a list of names",
        ListForm { Item: ScalarForm { Kind: ScalarKind.Text } } => "a list of texts",
        ListForm => "a list",
        ObjectForm { Shape.Keys: [var only] } => $"{{ {only.Name}: … }}",
        EitherForm either => string.Join(", or ", either.Forms.Select(Expectation)),
        AnyForm => "a value",
        _ => "a mapping of keys",
    };

    /// <summary>A percentage from <c>25</c> or <c>25%</c>.</summary>
    public static bool TryPercent(string text, out double percent) =>
        double.TryParse(text.EndsWith('%') ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out percent)
        && double.IsFinite(percent);

    /// <summary>An approval threshold from <c>2</c>, <c>all</c> or <c>2/3</c>.</summary>
    public static bool TryThreshold(string text, out ApprovalThreshold threshold)
    {
        threshold = ApprovalThreshold.One;
        if (text == "all")
        {
            threshold = ApprovalThreshold.All;
            return true;
        }

        var match = Fraction().Match(text);
        if (!match.Success) return false;
        var first = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        if (!match.Groups[2].Success)
        {
            threshold = new ApprovalThreshold { Count = first };
            return first >= 1;
        }

        var second = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        threshold = new ApprovalThreshold { Numerator = first, Denominator = second };
        return first >= 1 && first <= second;
    }

    public static bool IsName(ScalarKind kind, string text) => kind switch
    {
        ScalarKind.Label => Label().IsMatch(text),
        ScalarKind.Identifier => Identifier().IsMatch(text),
        _ => Name().IsMatch(text),
    };

    public static string Expectation(ScalarKind kind) => kind switch
    {
        ScalarKind.Label => "a name of lower-case letters, digits and '-' with a letter or digit at both ends, at most 63 characters",
        ScalarKind.Identifier => "a name of letters, digits, '_' and '-', starting with a letter or '_', at most 63 characters",
        ScalarKind.Name => "a name of letters, digits, '_', '.' and '-', starting with a letter or digit, at most 63 characters",
        ScalarKind.Number => "a number",
        ScalarKind.Integer or ScalarKind.LongInteger => "a whole number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Duration => PlaybookDuration.Expectation,
        ScalarKind.Percent => "a percentage from 0 to 100 such as 25 or 25%",
        ScalarKind.Url => "an absolute http or https address",
        ScalarKind.Condition => "a condition such as result > 5%",
        ScalarKind.If => "a comparison such as inputs.environment == 'production'",
        ScalarKind.Threshold => "a count from 1, 'all', or a fraction such as 2/3",
        ScalarKind.Pattern => "a regular expression",
        ScalarKind.Expression => "one expression such as ${{ inputs.NAME }}",
        _ => "text",
    };

    private static Refusal Wrong(ScalarForm form) => new(ProblemCodes.WrongType, "has the wrong type", Expectation(form));

    private static Refusal? InRange(ScalarForm form, double value) =>
        value < form.Minimum || value > form.Maximum ? new Refusal(ProblemCodes.OutOfRange, "is out of range", Expectation(form)) : null;

    private static Refusal? Matches(ScalarForm form, YamlScalar scalar, Regex shape) =>
        shape.IsMatch(scalar.Text) ? null : new Refusal(ProblemCodes.InvalidName, "is no valid name", Expectation(form));

    private static Refusal? CheckDuration(ScalarForm form, YamlScalar scalar)
    {
        if (PlaybookDuration.TryParse(scalar.Text, out _)) return null;
        var what = double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "has no unit" : "is no duration";
        return new Refusal(ProblemCodes.InvalidDuration, what, Expectation(form));
    }

    private static Refusal? CheckChoice(ScalarForm form, YamlScalar scalar) =>
        form.Values.Contains(scalar.Text)
            ? null
            : new Refusal(ProblemCodes.UnknownValue, "has an unknown value", Expectation(form), Suggestion.For(scalar.Text, form.Values));

    private static Refusal? CheckUrl(ScalarForm form, YamlScalar scalar) =>
        Uri.TryCreate(scalar.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? null
            : new Refusal(ProblemCodes.InvalidUrl, "is no address that can be called", Expectation(form));

    private static Refusal? CheckPattern(ScalarForm form, YamlScalar scalar)
    {
        try
        {
            // The engine that runs it later takes linear time, whatever the pattern; what it cannot run is refused now.
            _ = new Regex(scalar.Text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return new Refusal(ProblemCodes.InvalidPattern, "is no usable pattern", "a regular expression without look-around and back-references");
        }
    }

    private static string Range(ScalarForm form) => (form.Minimum, form.Maximum) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" from {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" up to {most}"),
        _ => "",
    };

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([0-9]{1,6})(?:/([0-9]{1,6}))?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Fraction();
}
