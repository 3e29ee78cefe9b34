using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Carries a soak's ledger on, tick by tick, over a known trace: the same ledger, verdicts and limits as a real run's, without
/// an activity for each measurement. Pure.
/// </summary>
internal sealed class LookAhead(IMetricTrace trace, SoakInput input, IReadOnlyDictionary<string, MetricReading> captures)
{
    private static readonly ReadBackResult AllAsSet = new();

    /// <summary>What the tick at a moment makes of the ledger.</summary>
    public Tick At(SoakLedger ledger, DateTimeOffset now)
    {
        var due = ledger.Due(now);
        var counters = ledger.DueCounters();
        var measured = new List<Measurement>(due.Count + counters.Count);
        foreach (var rule in due) measured.Add(Measure(rule, now));
        foreach (var counter in counters) measured.Add(Count(counter, now));
        var (next, events) = ledger.Advance(now, measured, input.Clock, AllAsSet);
        return new Tick(now, next, events, input.TellsVerdicts ? GuardrailEvidence.Changes(ledger, next) : []);
    }

    /// <summary>Goes on to the first tick that brings something about, or to the last one before <paramref name="until"/>.</summary>
    public Tick? ToNextEvent(SoakLedger ledger, DateTimeOffset until)
    {
        Tick? last = null;
        while (ledger.NextWake() is var wake && wake <= until)
        {
            last = At(ledger, wake);
            if (last.Events.Count > 0 || last.Evidence.Count > 0) return last;
            ledger = last.Ledger;
        }

        return last;
    }

    /// <summary>The ledger as it stands after every tick before a moment.</summary>
    public SoakLedger Before(SoakLedger ledger, DateTimeOffset moment)
    {
        while (ledger.NextWake() is var wake && wake < moment) ledger = At(ledger, wake).Ledger;
        return ledger;
    }

    private Measurement Measure(Guardrail rule, DateTimeOffset now)
    {
        if (rule.Metric is not { } metric) return new Measurement { Guardrail = rule.Name, Verdict = MeasurementVerdict.Passed, Message = $"{rule.Uses} is taken to pass", MeasuredAt = now };
        var value = trace.Read(metric, now);
        var baseline = rule.Baseline switch
        {
            { Metric: { } other } => trace.Read(other, now),
            { Capture: not null } => captures.GetValueOrDefault(rule.Name),
            _ => null,
        };
        var judgement = GuardrailVerdict.Judge(rule, value, baseline);
        return new Measurement
        {
            Guardrail = rule.Name,
            Verdict = judgement.Verdict,
            Value = value.Value,
            Baseline = baseline?.Value,
            Samples = value.Samples,
            Message = judgement.Message,
            MeasuredAt = now,
        };
    }

    private Measurement Count(DueCounter counter, DateTimeOffset now)
    {
        var reading = trace.Read(counter.Metric, now);
        var judgement = SoakCounter.Judge(counter, reading);
        return new Measurement { Guardrail = SoakCounter.NameOf(counter.Metric), Verdict = judgement.Verdict, Value = reading.Value, Message = judgement.Message, MeasuredAt = now };
    }

    /// <summary>A tick: when, what the ledger is after it, what it brought about, and which verdicts changed.</summary>
    internal sealed record Tick(DateTimeOffset At, SoakLedger Ledger, IReadOnlyList<SoakEvent> Events, IReadOnlyList<GuardrailEvidence> Evidence);
}
