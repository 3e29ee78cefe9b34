using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Judges one reading by a guardrail's rules. Pure. A failure condition that holds beats everything; a warning that
/// holds beats all but that; what no condition decides is inconclusive.
/// </summary>
public static class GuardrailVerdict
{
    /// <summary>What rules were read to, for as long as the rules themselves live: simulations judge the same ones a hundred thousand times.</summary>
    private static readonly ConditionalWeakTable<Guardrail, Conditions> Read = [];

    /// <summary>Judges a reading.</summary>
    /// <param name="guardrail">The rules.</param>
    /// <param name="value">What the source answered.</param>
    /// <param name="baseline">What it is compared with; null where the guardrail has no baseline or it has no value. Zero and NaN count as missing.</param>
    public static GuardrailJudgement Judge(Guardrail guardrail, MetricReading value, MetricReading? baseline)
    {
        if (value.Kind == MetricReadingKind.Error) return new(MeasurementVerdict.Error, value.Reason);
        if (value.Kind == MetricReadingKind.NoData) return new(MeasurementVerdict.NoData, value.Reason);
        if (guardrail.MinSampleSize is { } needed && !(value.Samples >= needed))
            return new(MeasurementVerdict.NoData, value.Samples is { } few ? Invariant($"{few} samples, {needed} needed") : Invariant($"no number of samples, {needed} needed"));

        var compared = baseline is { Kind: MetricReadingKind.Value, Value: { } known } && known != 0 && !double.IsNaN(known) ? known : (double?)null;
        var got = Got(value, guardrail.Baseline is null ? null : Baseline(compared, baseline));
        if (!TryRead(guardrail, out var conditions, out var problem)) return new(MeasurementVerdict.Error, problem);
        return Decide(conditions, value.Value, compared, got);
    }

    private static GuardrailJudgement Decide(Conditions conditions, double? result, double? baseline, string got)
    {
        var failure = conditions.Failure?.Evaluate(result, baseline);
        var success = conditions.Success?.Evaluate(result, baseline);
        if (failure == ConditionResult.True) return new(MeasurementVerdict.Failed, $"the failure condition '{conditions.Failure}' holds: {got}");
        if (failure is null && success == ConditionResult.False) return new(MeasurementVerdict.Failed, $"the success condition '{conditions.Success}' does not hold: {got}");

        var warning = conditions.Warning?.Evaluate(result, baseline);
        if (warning == ConditionResult.True) return new(MeasurementVerdict.Warning, $"the warning condition '{conditions.Warning}' holds: {got}");
        return (failure, success, warning) switch
        {
            (ConditionResult.Undecided, _, _) => new(MeasurementVerdict.Inconclusive, $"'{conditions.Failure}' cannot be decided: {got}"),
            (_, ConditionResult.Undecided, _) => new(MeasurementVerdict.Inconclusive, $"'{conditions.Success}' cannot be decided: {got}"),
            (_, ConditionResult.True, _) => new(MeasurementVerdict.Passed, $"'{conditions.Success}' holds: {got}"),
            (_, ConditionResult.False, _) => new(MeasurementVerdict.Inconclusive, $"neither '{conditions.Success}' nor '{conditions.Failure}' holds: {got}"),
            (ConditionResult.False, null, _) => new(MeasurementVerdict.Passed, $"'{conditions.Failure}' does not hold: {got}"),
            (null, null, ConditionResult.False) => new(MeasurementVerdict.Passed, $"'{conditions.Warning}' does not hold: {got}"),
            (null, null, ConditionResult.Undecided) => new(MeasurementVerdict.Inconclusive, $"'{conditions.Warning}' cannot be decided: {got}"),
            _ => new(MeasurementVerdict.Inconclusive, $"no condition is stated: {got}"),
        };
    }

    private static bool TryRead(Guardrail guardrail, [NotNullWhen(true)] out Conditions? conditions, out string problem)
    {
        (conditions, problem) = (Read.TryGetValue(guardrail, out var known) ? known : null, "");
        if (conditions is not null) return true;
        try
        {
            conditions = new Conditions(Parse(guardrail.FailureCondition), Parse(guardrail.SuccessCondition), Parse(guardrail.WarningCondition));
            Read.AddOrUpdate(guardrail, conditions);
            return true;
        }
        catch (ConditionException unreadable)
        {
            problem = unreadable.Message;
            return false;
        }
    }

    private static Condition? Parse(string? text) => text is null ? null : Condition.Parse(text);

    private static string Got(MetricReading value, string? baseline)
    {
        var result = Invariant($"result {value.Value:0.######}");
        var samples = value.Samples is { } count ? Invariant($" of {count:0.######} samples") : "";
        return result + samples + baseline + (value.Note.Length == 0 ? "" : $" ({value.Note})");
    }

    private static string Baseline(double? usable, MetricReading? reading) =>
        usable is { } known ? Invariant($", baseline {known:0.######}")
        : reading is { Kind: MetricReadingKind.Value } ? Invariant($", baseline {reading.Value:0.######}, which nothing can be compared with")
        : $", no baseline{(reading is { Reason.Length: > 0 } ? $" ({reading.Reason})" : "")}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Conditions(Condition? Failure, Condition? Success, Condition? Warning);
}
