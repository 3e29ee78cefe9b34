using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Conditions;

/// <summary>A value while an expression is evaluated; <see cref="Missing"/> makes whatever depends on it undecided.</summary>
internal readonly record struct Operand
{
    public static readonly Operand Missing;

    private Operand(OperandType type, object value) => (Type, Value) = (type, value);

    public OperandType Type { get; }

    public object? Value { get; }

    public bool IsMissing => Value is null;

    public double? Number => Value is double number ? number : null;

    public static Operand FromNumber(double? number) => number is { } value ? new Operand(OperandType.Number, value) : Missing;

    public static Operand FromText(string text) => new(OperandType.Text, text);

    public static Operand FromList(IReadOnlyList<Operand> items) => new(OperandType.List, items);

    public static Operand FromResult(ConditionResult result) =>
        result == ConditionResult.Undecided ? Missing : new Operand(OperandType.Boolean, result == ConditionResult.True);

    public static Operand FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => FromNumber(json.GetDouble()),
        JsonValueKind.String => FromText(json.GetString()!),
        JsonValueKind.True => FromResult(ConditionResult.True),
        JsonValueKind.False => FromResult(ConditionResult.False),
        JsonValueKind.Array => FromList([.. json.EnumerateArray().Select(FromJson)]),
        _ => Missing,
    };

    public ConditionResult AsResult() => Value is bool value ? value ? ConditionResult.True : ConditionResult.False : ConditionResult.Undecided;
}
