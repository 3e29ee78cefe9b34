using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Finds out what people need to decide a question: the last measurements, and what the steps would change. Changes nothing.</summary>
[DurableTask(ActivityNames.GatherFacts)]
internal sealed class GatherFactsActivity(IMeasurementStore measurements, StepActivities kinds, TimeProvider time) : TaskActivity<DecisionFactsRequest, DecisionFacts>
{
    /// <summary>A target that takes longer to read is shown without its present value.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A measurement older than so many intervals, and than the least span, says nothing about now.</summary>
    private const int IntervalsThatCount = 10;

    private static readonly TimeSpan LeastThatCounts = TimeSpan.FromHours(1);

    public override async Task<DecisionFacts> RunAsync(TaskActivityContext context, DecisionFactsRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var unknown = new List<string>();
        var last = new List<Measurement>();
        foreach (var (guardrail, interval) in input.Guardrails)
            if (await LastAsync(input, guardrail, interval, stopping) is { } measurement)
                last.Add(measurement);
        var changes = await Task.WhenAll(input.Steps.Select(step => ChangeAsync(input.Playbook, step, unknown, stopping)));
        return new DecisionFacts { Measurements = last, Changes = changes, Unknown = unknown };
    }

    private async Task<Measurement?> LastAsync(DecisionFactsRequest request, string guardrail, TimeSpan interval, CancellationToken stopping)
    {
        var span = interval * IntervalsThatCount > LeastThatCounts ? interval * IntervalsThatCount : LeastThatCounts;
        var rows = await measurements.ReadAsync(new MeasurementQuery { RunId = request.RunId, Guardrail = guardrail, After = request.At - span, Limit = 10_000 }, stopping);
        return rows.Count == 0 ? null : rows[^1].Measurement;
    }

    private async Task<PackedChange> ChangeAsync(string playbook, Step step, List<string> unknown, CancellationToken stopping)
    {
        var change = new PackedChange
        {
            StepId = step.Id,
            Uses = step.Uses,
            Text = $"{step.Uses} ({string.Join(", ", step.With.Select(pair => $"{pair.Key}: {pair.Value}"))})",
            TakenBack = step.Irreversible ? $"{step.Uses} ({step.Id}) stays" : step.Undo is { } undo ? $"{step.Uses} ({step.Id}) undone by {undo.Uses}" : null,
        };
        if (kinds.Find(step.Uses) is not IForecastEffect kind) return change;
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            if (await kind.ForecastAsync(playbook, step.With, both.Token) is not { } forecast) return change;
            var back = step.RollbackTo is { } stated ? stated.ToString() : forecast.From;
            return change with { Target = forecast.Target, From = forecast.From, To = forecast.To, TakenBack = change.TakenBack ?? $"{forecast.Target} back to {back}" };
        }
        catch (Exception unreadable) when (!stopping.IsCancellationRequested)
        {
            lock (unknown) unknown.Add($"how {step.Id} ({step.Uses}) finds its target: {(patience.IsCancellationRequested ? $"no answer within {Patience.TotalSeconds:0} s" : unreadable.Message)}");
            return change;
        }
    }
}
