using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>The baselines that a run has captured so far, for those guardrails of a stage that compare with one: by guardrail.</summary>
[DurableTask(Name)]
internal sealed class CapturesActivity(BaselineReader baselines) : TaskActivity<CapturesRequest, Dictionary<string, MetricReading>>
{
    public const string Name = "simulation/captures";

    public override async Task<Dictionary<string, MetricReading>> RunAsync(TaskActivityContext context, CapturesRequest input)
    {
        var found = new Dictionary<string, MetricReading>();
        foreach (var rule in input.Guardrails)
            found[rule.Name] = (await baselines.FindAsync(input.RunId, rule.Baseline, rule.Metric ?? "", new Dictionary<string, MetricReading>(), CancellationToken.None))!;
        return found;
    }
}
