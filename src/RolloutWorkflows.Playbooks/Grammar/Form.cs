namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>What a value of the language must look like. Checking, reading and the JSON Schema all follow from it.</summary>
internal abstract record Form;

/// <summary>What a single text, number or boolean means.</summary>
internal enum ScalarKind
{
    Text,

    /// <summary>Lower-case DNS label: playbooks, stages, surfaces.</summary>
    Label,

    /// <summary>A name that can stand in a reference: inputs, step ids.</summary>
    Identifier,

    /// <summary>A name with dots allowed: metrics, roles, audiences, people, groups.</summary>
    Name,
    Number,
    Integer,

    /// <summary>A whole number of up to 64 bits, such as the ids that services give.</summary>
    LongInteger,
    Boolean,
    Duration,
    Percent,
    Url,
    Condition,
    If,

    /// <summary>One of a fixed set of words.</summary>
    Choice,

    /// <summary>A count, <c>all</c>, or a fraction.</summary>
    Threshold,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>One <c>${{ }}</c> that is the whole value, in the place of a list.</summary>
    Expression,
}

/// <summary>A single value.</summary>
internal sealed record ScalarForm(ScalarKind Kind) : Form
{
    public IReadOnlyList<string> Values { get; init; } = [];

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public bool AllowsExpressions { get; init; }

    /// <summary>True for texts that may be empty, such as the value of a variable.</summary>
    public bool AllowsEmpty { get; init; }
}

internal sealed record ListForm(Form Item) : Form
{
    public int MinItems { get; init; }
}

/// <summary>Names that the author chooses, each with a value of the same form.</summary>
internal sealed record MapForm(Form Value, ScalarKind KeyKind) : Form;

/// <summary>A mapping with known keys.</summary>
internal sealed record ObjectForm(Shape Shape) : Form;

/// <summary>The <c>with</c> of a step or check, whose keys depend on the <c>uses</c> beside it.</summary>
internal sealed record WithForm : Form;

/// <summary>Any value at all.</summary>
internal sealed record AnyForm : Form
{
    public bool AllowsExpressions { get; init; }
}

/// <summary>One of several forms; the value's own kind (scalar, list, mapping) says which is meant.</summary>
internal sealed record EitherForm(IReadOnlyList<Form> Forms) : Form;
