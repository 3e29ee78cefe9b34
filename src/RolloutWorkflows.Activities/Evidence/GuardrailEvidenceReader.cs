using System.Text.RegularExpressions;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Sums the measurements of an attempt up, guardrail by guardrail, in one pass over rows that may be many.</summary>
internal sealed partial class GuardrailEvidenceReader(IMeasurementStore measurements)
{
    private const int Page = 5000;

    /// <summary>The guardrails of an attempt at a stage, as measured until a moment.</summary>
    public async Task<IReadOnlyList<EvidenceGuardrail>> ReadAsync(Playbook playbook, Stage stage, string runId, int attempt, DateTimeOffset until, CancellationToken cancellation)
    {
        var found = new List<EvidenceGuardrail>();
        foreach (var rule in playbook.Guardrails.Concat(stage.Guardrails)) found.Add(await SumAsync(rule, stage.Name, runId, attempt, until, cancellation));
        return found;
    }

    private async Task<EvidenceGuardrail> SumAsync(Guardrail rule, string stage, string runId, int attempt, DateTimeOffset until, CancellationToken cancellation)
    {
        var sum = new Sum(rule);
        var query = new MeasurementQuery { RunId = runId, Stage = stage, Attempt = attempt, Guardrail = rule.Name, Limit = Page };
        while (await measurements.ReadAsync(query, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows.Where(row => row.Measurement.MeasuredAt <= until)) sum.Add(row);
            query = query with { After = rows[^1].GridTime };
        }

        return sum.ToEvidence();
    }

    private sealed class Sum(Guardrail rule)
    {
        private readonly SortedDictionary<string, int> verdicts = new(StringComparer.Ordinal);
        private readonly int direction = DirectionOf(rule);
        private DateTimeOffset? lastGrid;
        private Measurement? worst;
        private Measurement? last;
        private double? lowest;
        private double? highest;
        private int measured;
        private int skipped;

        public void Add(MeasurementRow row)
        {
            var now = row.Measurement;
            measured++;
            var verdict = char.ToLowerInvariant(now.Verdict.ToString()[0]) + now.Verdict.ToString()[1..];
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            if (now.Value is { } value && double.IsFinite(value)) (lowest, highest) = (Math.Min(value, lowest ?? value), Math.Max(value, highest ?? value));
            if (lastGrid is { } before) skipped += Math.Max(0, (int)Math.Round((row.GridTime - before) / rule.Interval) - 1);
            if (worst is null || IsWorse(now, worst)) worst = now;
            (lastGrid, last) = (row.GridTime, now);
        }

        public EvidenceGuardrail ToEvidence() => new()
        {
            Name = rule.Name,
            Conditions = ConditionsOf(rule),
            Shadow = rule.Mode == GuardrailMode.Shadow,
            Measured = measured,
            Verdicts = verdicts,
            Skipped = skipped,
            Lowest = lowest,
            Highest = highest,
            Worst = worst,
            Last = last,
        };

        private bool IsWorse(Measurement now, Measurement before)
        {
            if (now.Verdict != before.Verdict) return Severity(now.Verdict) > Severity(before.Verdict);
            return direction != 0 && now.Value is { } value && before.Value is { } other && (direction > 0 ? value > other : value < other);
        }
    }

    private static string ConditionsOf(Guardrail rule)
    {
        (string Verb, string? Condition)[] all = [("fails at", rule.FailureCondition), ("warns at", rule.WarningCondition), ("passes at", rule.SuccessCondition)];
        return string.Join(", ", all.Where(one => one.Condition is not null).Select(one => $"{one.Verb} {one.Condition}"));
    }

    private static int Severity(MeasurementVerdict verdict) => verdict switch
    {
        MeasurementVerdict.Failed => 5,
        MeasurementVerdict.Error => 4,
        MeasurementVerdict.NoData => 3,
        MeasurementVerdict.Inconclusive => 2,
        MeasurementVerdict.Warning => 1,
        _ => 0,
    };

    /// <summary>1 where more is worse, -1 where less is, 0 where the conditions do not say.</summary>
    private static int DirectionOf(Guardrail rule) =>
        SideOf(rule.FailureCondition) is var failing and not 0 ? failing
        : SideOf(rule.WarningCondition) is var warning and not 0 ? warning
        : -SideOf(rule.SuccessCondition);

    private static int SideOf(string? condition) => condition is null || Comparison().Match(condition) is not { Success: true } match ? 0 : match.Groups[1].Value == ">" ? 1 : -1;

    [GeneratedRegex(@"\bresult\b\s*([<>])")]
    private static partial Regex Comparison();
}
