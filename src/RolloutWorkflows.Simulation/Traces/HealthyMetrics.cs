using System.Globalization;
using System.Text.RegularExpressions;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Metrics with which nothing is wrong: for each one a value with which all conditions of the playbook hold, found by trying the
/// numbers that stand in them and those around. Counters of soaks rise by one each hour. Immutable.
/// </summary>
internal sealed partial class HealthyMetrics : IMetricTrace
{
    /// <summary>More than any rule asks for.</summary>
    public const double ManySamples = 1e9;

    private readonly Dictionary<string, double> values;
    private readonly HashSet<string> counters;

    public HealthyMetrics(Playbook playbook)
    {
        Rules = [.. playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails)).Where(rule => rule.Metric is not null).Concat(CriteriaOf(playbook))];
        counters = [.. playbook.Stages.SelectMany(stage => stage.Soak?.Count ?? []).Select(count => count.Metric)];
        values = playbook.Metrics.Keys.ToDictionary(metric => metric, metric => ValueOf([.. Rules.Where(rule => rule.Metric == metric)]));
    }

    /// <summary>Everything that judges a metric.</summary>
    public IReadOnlyList<Guardrail> Rules { get; }

    public MetricReading Read(string metric, DateTimeOffset at) =>
        counters.Contains(metric) ? MetricReading.Of(Math.Floor((at - DateTimeOffset.UnixEpoch).TotalHours), ManySamples)
        : values.TryGetValue(metric, out var value) ? MetricReading.Of(value, ManySamples)
        : MetricReading.NoData($"the playbook has no metric '{metric}'");

    /// <summary>A value with which the rule fails while it is compared with the healthy one; null where none was found.</summary>
    public double? ValueThatFails(Guardrail rule)
    {
        var healthy = values[rule.Metric!];
        return Candidates([rule]).Concat([healthy * 10, healthy / 10]).Select(value => (double?)value)
            .FirstOrDefault(value => GuardrailVerdict.Judge(rule, MetricReading.Of(value!.Value, ManySamples), MetricReading.Of(healthy == 0 ? 1 : healthy)).Verdict == MeasurementVerdict.Failed);
    }

    private static double ValueOf(IReadOnlyList<Guardrail> rules)
    {
        var candidates = Candidates(rules).ToList();
        // What does not even warn is healthier than what merely does not fail.
        foreach (var verdicts in new MeasurementVerdict[][] { [MeasurementVerdict.Passed], [MeasurementVerdict.Passed, MeasurementVerdict.Warning] })
        {
            var fits = candidates.Where(value => rules.All(rule => verdicts.Contains(GuardrailVerdict.Judge(rule, MetricReading.Of(value, ManySamples), MetricReading.Of(value)).Verdict))).ToList();
            if (fits.Count > 0) return fits[0];
        }

        return 1;
    }

    /// <summary>The numbers of the conditions, those a little and far beside them, and some that figures often have.</summary>
    private static IEnumerable<double> Candidates(IReadOnlyList<Guardrail> rules)
    {
        var written = rules.SelectMany(rule => new[] { rule.SuccessCondition, rule.FailureCondition, rule.WarningCondition }).OfType<string>()
            .SelectMany(condition => Number().Matches(condition).Select(number => double.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture) / (number.Groups[2].Success ? 100 : 1)))
            .Distinct().ToList();
        return written.SelectMany(number => new[] { number * 0.5, number * 0.95, number * 1.05, number * 2, number, number + 1, number - 1 })
            .Concat([0.5, 0.001, 1, 0, 0.9999, 10, 100, 1e6, -1])
            // Hardly anything that people measure is below zero.
            .OrderBy(number => number < 0);
    }

    private static IEnumerable<Guardrail> CriteriaOf(Playbook playbook) =>
        PlaybookSteps.All(playbook).Select(entry => entry.Step).Where(step => step.Uses == "metric/threshold" && step.With.ContainsKey("metric")).Select(step => new Guardrail
        {
            Name = step.Id,
            Metric = step.With["metric"].ToString(),
            SuccessCondition = step.With.TryGetValue("successCondition", out var success) ? success.ToString() : null,
            FailureCondition = step.With.TryGetValue("failureCondition", out var failure) ? failure.ToString() : null,
        });

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(%)?")]
    private static partial Regex Number();
}
