using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Reads and judges by the same code as guardrails do.</summary>
internal sealed class MetricTrial(MetricReader metrics, TimeProvider time) : IMetricTrial
{
    public async Task<MetricTrialResult> MeasureAsync(Playbook playbook, string metric, CancellationToken cancellation = default)
    {
        var guardrails = playbook.Guardrails.Select(guardrail => (Stage: (string?)null, Guardrail: guardrail))
            .Concat(playbook.Stages.SelectMany(stage => stage.Guardrails.Select(guardrail => (Stage: (string?)stage.Name, Guardrail: guardrail))))
            .Where(entry => entry.Guardrail.Metric == metric)
            .DistinctBy(entry => entry.Guardrail.Name)
            .ToList();
        var baselines = guardrails.Select(entry => entry.Guardrail.Baseline?.Metric).OfType<string>().ToList();
        var started = time.GetTimestamp();
        var reading = (await metrics.ReadAsync([metric], playbook.Metrics, cancellation))[metric];
        var took = time.GetElapsedTime(started);
        var compared = await metrics.ReadAsync(baselines, playbook.Metrics, cancellation);
        return new MetricTrialResult(reading, took, [.. guardrails.Select(entry => Judge(entry.Stage, entry.Guardrail, reading, compared))]);
    }

    private static GuardrailTrial Judge(string? stage, Guardrail guardrail, MetricReading reading, IReadOnlyDictionary<string, MetricReading> compared)
    {
        var baseline = guardrail.Baseline switch
        {
            { Metric: { } other } => compared[other],
            { Capture: { } capture } => MetricReading.NoData($"the capture '{capture}' belongs to a run"),
            _ => null,
        };
        var judgement = GuardrailVerdict.Judge(guardrail, reading, baseline);
        return new GuardrailTrial { Name = guardrail.Name, Stage = stage, Verdict = judgement.Verdict, Message = judgement.Message };
    }
}
