namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Watches the guardrails of one attempt at a stage from its first effect on and keeps the soak's ledger. One activity
/// per tick measures everything that is due and reads back what the run set; what it brings about goes to the run. Goes on as new every
/// <see cref="TicksPerExecution"/> ticks, so that three weeks at a one-minute interval stay a short history.
/// </summary>
[DurableTask(OrchestrationNames.Soak)]
public sealed class SoakOrchestrator : TaskOrchestrator<SoakInput, string>
{
    /// <summary>Ticks until the orchestration goes on as new.</summary>
    public const int TicksPerExecution = 500;

    public override async Task<string> RunAsync(TaskOrchestrationContext context, SoakInput input)
    {
        var ledger = input.Ledger;
        var control = context.NextEventAsync<SoakControl>(OrchestrationNames.ControlEvent);
        Publish(context, input, ledger);

        // A control that has been received already would be lost by going on as new.
        for (var tick = 0; tick < TicksPerExecution || control.IsCompleted; tick++)
        {
            await WaitAsync(context, input.Clock, ledger, control);
            var now = input.Clock.ToPlaybook(context.CurrentUtcDateTime);
            if (control.IsCompleted)
            {
                var (command, _) = await control;
                if (command?.Kind == SoakControlKind.Stop) return "stopped";
                ledger = Apply(ledger, command, now, input.Clock);
                if (command?.Kind == SoakControlKind.TakeUp) input = input with { Epoch = command.Epoch };
                control = context.NextEventAsync<SoakControl>(OrchestrationNames.ControlEvent);
            }

            ledger = await TickAsync(context, input, ledger, now);
            Publish(context, input, ledger);
        }

        context.ContinueAsNew(input with { Ledger = ledger });
        return "goes on";
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, PlaybookClock clock, SoakLedger ledger, Task control)
    {
        if (control.IsCompleted) return;
        using var noLonger = new CancellationTokenSource();
        var timer = context.CreateTimer(clock.ToReal(ledger.NextWake()), noLonger.Token);
        await Task.WhenAny(control, timer);
        if (!timer.IsCompleted) noLonger.Cancel();
    }

    /// <summary>What a control makes of the ledger.</summary>
    internal static SoakLedger Apply(SoakLedger ledger, SoakControl? command, DateTimeOffset now, PlaybookClock clock) => command?.Kind switch
    {
        SoakControlKind.StartSoak when command.Soak is { } rule => ledger.StartSoak(rule, now, command.Deadline),
        SoakControlKind.EndSoak => ledger.EndSoak(),
        SoakControlKind.Resume => ledger.Resume(),
        SoakControlKind.KeepBeside => ledger.KeepBeside(),
        SoakControlKind.LeaveStage => ledger.LeaveStage(),
        SoakControlKind.SetAside when command.Surface is { } surface => ledger.SetAside(surface),
        SoakControlKind.TakeUp => ledger.TakeUp(command.Guardrails, now, clock),
        SoakControlKind.Intervene => ledger.Intervene(command.Why ?? "somebody interfered", now),
        _ => ledger,
    };

    private static async Task<SoakLedger> TickAsync(TaskOrchestrationContext context, SoakInput input, SoakLedger ledger, DateTimeOffset now)
    {
        var found = await MeasureAsync(context, input, ledger, now);
        var (next, events) = ledger.Advance(now, found.Measurements, input.Clock, found.ReadBack);
        Tell(context, input, events, input.TellsVerdicts ? GuardrailEvidence.Changes(ledger, next) : []);
        return next;
    }

    /// <summary>Tells the run what a tick brought about, and which verdicts changed.</summary>
    internal static void Tell(TaskOrchestrationContext context, SoakInput input, IReadOnlyList<SoakEvent> events, IReadOnlyList<GuardrailEvidence> changes)
    {
        foreach (var happened in events)
        {
            context.SendEvent(input.RunId, OrchestrationNames.SignalEvent,
                new RunSignal { Kind = RunSignalKind.Soak, From = context.InstanceId, Message = happened.Message, Soak = happened });
        }

        foreach (var said in changes)
        {
            context.SendEvent(input.RunId, OrchestrationNames.SignalEvent,
                new RunSignal { Kind = RunSignalKind.VerdictChanged, From = context.InstanceId, Message = $"{said.Guardrail} is {said.Verdict}", Evidence = said });
        }
    }

    private static async Task<MeasureResult> MeasureAsync(
        TaskOrchestrationContext context, SoakInput input, SoakLedger ledger, DateTimeOffset now)
    {
        var due = ledger.Due(now);
        var counters = ledger.DueCounters();
        try
        {
            return await context.CallActivityAsync<MeasureResult>(ActivityNames.Measure, new MeasureRequest
            {
                RunId = input.RunId,
                Playbook = input.Playbook,
                Stage = input.Stage,
                Attempt = input.Attempt,
                Epoch = input.Epoch,
                GridTime = now,
                Guardrails = due,
                Counters = counters,
                ReadBack = true,
                Metrics = input.Metrics,
                Channels = input.Channels,
            });
        }
        catch (TaskFailedException failure)
        {
            var at = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
            var why = failure.FailureDetails.ErrorMessage;
            return new MeasureResult
            {
                Measurements = [.. due.Select(rule => Broken(rule.Name, MeasurementVerdict.Error)), .. counters.Select(counter => Broken(SoakCounter.NameOf(counter.Metric), MeasurementVerdict.NoData))],
                ReadBack = new ReadBackResult { Unreadable = [$"reading back broke: {why}"] },
            };

            Measurement Broken(string name, MeasurementVerdict verdict) => new() { Guardrail = name, Verdict = verdict, Message = $"the measurement itself broke: {why}", MeasuredAt = at };
        }
    }

    /// <summary>Shows where the watch stands.</summary>
    internal static void Publish(TaskOrchestrationContext context, SoakInput input, SoakLedger ledger)
    {
        var soak = ledger.Soak;
        context.SetCustomStatus(new SoakStatus
        {
            Stage = input.Stage,
            Attempt = input.Attempt,
            StartedAt = soak?.StartedAt,
            Needed = soak?.Rule.For ?? TimeSpan.Zero,
            Counted = soak?.Counted ?? TimeSpan.Zero,
            AsOf = input.Clock.ToPlaybook(context.CurrentUtcDateTime),
            PassesAt = soak?.PassesAt,
            Deadline = soak?.Deadline == DateTimeOffset.MaxValue ? null : soak?.Deadline,
            Passed = soak?.Passed ?? false,
            Resets = soak?.Resets ?? 0,
            Lost = soak?.Lost ?? TimeSpan.Zero,
            Counts = soak?.Counts() ?? [],
            LastBreach = soak?.LastBreach,
            Drift = ledger.Drift.Drifted,
            Unreadable = ledger.Drift.Unreadable,
            Guardrails = [.. ledger.Tracks.Select(track => track.Status)],
        });
    }
}
