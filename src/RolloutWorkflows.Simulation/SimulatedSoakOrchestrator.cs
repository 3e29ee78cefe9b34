using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Stands in for <see cref="SoakOrchestrator"/>. Since the trace is known it need not wake at each tick: it looks ahead to the
/// first tick that brings something about and sleeps until then; a control that comes earlier finds the ledger of that moment.
/// </summary>
[DurableTask(OrchestrationNames.Soak)]
internal sealed class SimulatedSoakOrchestrator(IMetricTrace trace, SimulationTally tally) : TaskOrchestrator<SoakInput, string>
{
    /// <summary>What is looked at in vain when a control comes in between is no more than this.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    public override async Task<string> RunAsync(TaskOrchestrationContext context, SoakInput input)
    {
        var ledger = input.Ledger;
        var control = context.NextEventAsync<SoakControl>(OrchestrationNames.ControlEvent);
        SoakOrchestrator.Publish(context, input, ledger);
        while (true)
        {
            var ahead = new LookAhead(trace, input, await CapturesAsync(context, input, ledger));
            var now = Now(context, input);
            var next = control.IsCompleted ? null : ahead.ToNextEvent(ledger, now + Horizon);
            if (!control.IsCompleted) await WaitAsync(context, input, next?.At ?? now + Horizon, control);
            now = Now(context, input);
            if (control.IsCompleted)
            {
                var (command, _) = await control;
                tally.Keep(input, ledger);
                if (command?.Kind == SoakControlKind.Stop) return "stopped";
                ledger = SoakOrchestrator.Apply(ahead.Before(ledger, now), command, now, input.Clock);
                control = context.NextEventAsync<SoakControl>(OrchestrationNames.ControlEvent);
                next = ahead.At(ledger, now);
            }

            if (next is null) continue;
            ledger = next.Ledger;
            SoakOrchestrator.Tell(context, input, next.Events, next.Evidence);
            SoakOrchestrator.Publish(context, input, ledger);
            tally.Keep(input, ledger);
        }
    }

    private static DateTimeOffset Now(TaskOrchestrationContext context, SoakInput input) => input.Clock.ToPlaybook(context.CurrentUtcDateTime);

    private static async Task<Dictionary<string, MetricReading>> CapturesAsync(TaskOrchestrationContext context, SoakInput input, SoakLedger ledger)
    {
        var compared = ledger.Tracks.Select(track => track.Rule).Where(rule => rule.Baseline?.Capture is not null).ToList();
        return compared.Count == 0 ? [] : await context.CallActivityAsync<Dictionary<string, MetricReading>>(CapturesActivity.Name, new CapturesRequest(input.RunId, compared));
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, SoakInput input, DateTimeOffset until, Task control)
    {
        using var noLonger = new CancellationTokenSource();
        var timer = context.CreateTimer(input.Clock.ToReal(until), noLonger.Token);
        await Task.WhenAny(control, timer);
        if (!timer.IsCompleted) noLonger.Cancel();
    }
}
