using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Measures all due guardrails at once, judges them and stores the rows before it answers. A grid point that was
/// measured before is answered from its rows, so that no delivery sees another verdict than the first. What the run set
/// is read back beside it, each time anew.
/// </summary>
[DurableTask(ActivityNames.Measure)]
internal sealed class MeasureGuardrailsActivity(IMeasurementStore store, MetricReader metrics, BaselineReader baselines, StepActivities kinds, EffectReader effects, TimeProvider time)
    : TaskActivity<MeasureRequest, MeasureResult>
{
    public override async Task<MeasureResult> RunAsync(TaskActivityContext context, MeasureRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        return new MeasureResult
        {
            Measurements = input.Guardrails.Count + input.Counters.Count == 0 ? [] : await MeasureAllAsync(context, input, stopping),
            ReadBack = input.ReadBack ? await effects.ReadAsync(input.RunId, input.Epoch, stopping) : null,
        };
    }

    private async Task<IReadOnlyList<Measurement>> MeasureAllAsync(TaskActivityContext context, MeasureRequest input, CancellationToken stopping)
    {
        var stored = await FindAsync(input, stopping);
        var due = input.Guardrails.Where(guardrail => !stored.ContainsKey(guardrail.Name)).ToList();
        var counters = input.Counters.Where(counter => !stored.ContainsKey(SoakCounter.NameOf(counter.Metric))).ToList();
        if (due.Count + counters.Count > 0)
        {
            await store.StoreAsync([.. (await MeasureAsync(context, input, due, counters, stopping)).Select(measurement => ToRow(input, measurement))], stopping);
            // Where two deliveries measured at the same time, the rows stored first are the answer of both.
            stored = await FindAsync(input, stopping);
        }

        return [.. input.Guardrails.Select(guardrail => guardrail.Name).Concat(input.Counters.Select(counter => SoakCounter.NameOf(counter.Metric))).Select(name => stored[name])];
    }

    private async Task<Dictionary<string, Measurement>> FindAsync(MeasureRequest request, CancellationToken stopping) =>
        (await store.FindAsync(request.RunId, request.Stage, request.Attempt, request.GridTime, stopping)).ToDictionary(row => row.Measurement.Guardrail, row => row.Measurement);

    private async Task<IEnumerable<Measurement>> MeasureAsync(TaskActivityContext context, MeasureRequest request, List<Guardrail> due, List<DueCounter> counters, CancellationToken stopping)
    {
        var names = due.SelectMany(guardrail => new[] { guardrail.Metric, guardrail.Baseline?.Metric }).OfType<string>().Concat(counters.Select(counter => counter.Metric));
        var readings = metrics.ReadAsync(names, request.Metrics, stopping);
        var measured = await Task.WhenAll(due.Select(async guardrail => guardrail.Uses is null
            ? await JudgeAsync(request, guardrail, await readings, stopping)
            : await RepeatCheckAsync(context, request, guardrail)));
        return counters.Count == 0 ? measured : [.. measured, .. await CountAsync(counters, readings)];
    }

    private async Task<IEnumerable<Measurement>> CountAsync(List<DueCounter> counters, Task<IReadOnlyDictionary<string, MetricReading>> reading)
    {
        var readings = await reading;
        return counters.Select(counter =>
        {
            var judgement = SoakCounter.Judge(counter, readings[counter.Metric]);
            return new Measurement
            {
                Guardrail = SoakCounter.NameOf(counter.Metric),
                Verdict = judgement.Verdict,
                Value = readings[counter.Metric].Value,
                Message = judgement.Message,
                MeasuredAt = time.GetUtcNow(),
            };
        });
    }

    private async Task<Measurement> JudgeAsync(MeasureRequest request, Guardrail guardrail, IReadOnlyDictionary<string, MetricReading> readings, CancellationToken stopping)
    {
        var value = guardrail.Metric is { } metric ? readings[metric] : MetricReading.Error("the guardrail names neither a metric nor a check");
        var baseline = await baselines.FindAsync(request.RunId, guardrail.Baseline, guardrail.Metric ?? "", readings, stopping);
        var judgement = GuardrailVerdict.Judge(guardrail, value, baseline);
        return new Measurement
        {
            Guardrail = guardrail.Name,
            Verdict = judgement.Verdict,
            Value = value.Value,
            Baseline = baseline?.Value,
            Samples = value.Samples,
            Message = judgement.Message,
            MeasuredAt = time.GetUtcNow(),
        };
    }

    private async Task<Measurement> RepeatCheckAsync(TaskActivityContext context, MeasureRequest request, Guardrail guardrail)
    {
        var result = kinds.Find(guardrail.Uses!) is { } check
            ? (StepResult)(await check.RunAsync(context, ToStep(request, guardrail)))!
            : new StepResult { Verdict = StepVerdict.Errored, Message = $"This build cannot carry out {guardrail.Uses}." };
        return new Measurement
        {
            Guardrail = guardrail.Name,
            Verdict = result.Verdict switch
            {
                StepVerdict.Passed => MeasurementVerdict.Passed,
                StepVerdict.Failed => MeasurementVerdict.Failed,
                StepVerdict.Errored => MeasurementVerdict.Error,
                // People are not asked on a grid.
                _ => MeasurementVerdict.Inconclusive,
            },
            Message = result.Message,
            MeasuredAt = time.GetUtcNow(),
        };
    }

    private static StepRequest ToStep(MeasureRequest request, Guardrail guardrail) => new()
    {
        RunId = request.RunId,
        Playbook = request.Playbook,
        Stage = request.Stage,
        Attempt = request.Attempt,
        StepId = guardrail.Name,
        Uses = guardrail.Uses!,
        With = guardrail.With,
        Epoch = request.Epoch,
        Actor = "rollout",
        At = request.GridTime,
        Surface = guardrail.Surface,
        Metrics = request.Metrics,
        Channels = request.Channels,
    };

    private static MeasurementRow ToRow(MeasureRequest request, Measurement measurement) => new()
    {
        RunId = request.RunId,
        Stage = request.Stage,
        Attempt = request.Attempt,
        GridTime = request.GridTime,
        Measurement = measurement,
    };
}
