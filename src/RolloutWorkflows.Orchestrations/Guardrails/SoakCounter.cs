using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The account of one counter of a soak: from which value it counts, how far it has risen, and what of that did not
/// count. Pure. Read with every measurement of the watch, so that it counts by the same rule as time.
/// </summary>
public sealed record SoakCounter
{
    /// <summary>So many readings in a row may fail before people are told.</summary>
    public const int NoDataLimit = 5;

    public required SoakCount Rule { get; init; }

    /// <summary>The value that it counts from; null until it was read, and again after the soak began again.</summary>
    public double? Start { get; init; }

    /// <summary>The value read last; null where <see cref="Start"/> is.</summary>
    public double? Value { get; init; }

    /// <summary>By how much it rose in clean time.</summary>
    public double Counted { get; init; }

    /// <summary>By how much it rose while that did not count.</summary>
    public double Lost { get; init; }

    /// <summary>What the last reading came to; null before the first.</summary>
    public Measurement? Last { get; init; }

    /// <summary>Readings in a row that had no value.</summary>
    public int ConsecutiveNoData { get; init; }

    /// <summary>The name under which its readings are kept and told of; no guardrail can have it.</summary>
    public string Name => NameOf(Rule.Metric);

    /// <summary>True once it has risen far enough. What adding up fractions loses is forgiven.</summary>
    public bool IsReached => Counted >= Rule.Increase * (1 - 1e-9);

    /// <summary>True where nothing is known against it: not read yet, or read and not fallen.</summary>
    public bool IsClean => Last is null || GuardrailLimits.IsClean(Last.Verdict);

    /// <summary>The name of a counter's readings.</summary>
    public static string NameOf(string metric) => $"soak.count {metric}";

    /// <summary>Judges one reading: a counter that fell is inconclusive, and one that cannot be read is no data, whatever kept it from being read.</summary>
    /// <param name="due">The counter, with the value read before.</param>
    /// <param name="reading">What the source answered.</param>
    public static GuardrailJudgement Judge(DueCounter due, MetricReading reading) => reading switch
    {
        { Kind: not MetricReadingKind.Value } => new(MeasurementVerdict.NoData, reading.Reason),
        { Value: null } => new(MeasurementVerdict.NoData, "the source answered without a value"),
        { Value: { } value } when !double.IsFinite(value) => new(MeasurementVerdict.NoData, FormattableString.Invariant($"{value} is no count")),
        { Value: { } value } when value < due.Before => new(MeasurementVerdict.Inconclusive, FormattableString.Invariant($"the counter fell from {due.Before} to {value}")),
        _ => new(MeasurementVerdict.Passed, FormattableString.Invariant($"the counter reads {reading.Value}")),
    };

    /// <summary>What counted so far no longer does; the next reading is what it counts from.</summary>
    public SoakCounter Reset() => this with { Start = null, Value = null, Counted = 0, Lost = Lost + Counted };

    /// <summary>Takes one reading.</summary>
    /// <param name="measurement">The reading.</param>
    /// <param name="counts">Whether what happened since the last one counts.</param>
    public SoakCounter Take(Measurement measurement, bool counts)
    {
        if (measurement is not { Verdict: not MeasurementVerdict.NoData and not MeasurementVerdict.Error, Value: { } value })
            return this with { Last = measurement, ConsecutiveNoData = ConsecutiveNoData + 1 };

        var risen = Math.Max(0, value - (Value ?? value));
        return this with
        {
            Last = measurement,
            ConsecutiveNoData = 0,
            Start = Start ?? value,
            Value = value,
            Counted = Counted + (counts ? risen : 0),
            Lost = Lost + (counts ? 0 : risen),
        };
    }

    /// <summary>As people see it.</summary>
    public CountedIncrease Status() => new()
    {
        Metric = Rule.Metric,
        Needed = Rule.Increase,
        Counted = Counted,
        Lost = Lost,
        Start = Start,
        Value = Value,
        Problem = IsClean ? null : Last!.Message,
    };
}
