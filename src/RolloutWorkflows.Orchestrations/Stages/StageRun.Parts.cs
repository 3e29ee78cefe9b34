using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The parts of a stage, in the order in which the playbook language puts them.</summary>
internal sealed partial class StageRun
{
    /// <summary>How often a promotion's fresh measurement is repeated before people are asked.</summary>
    private const int FreshMeasurementRetries = 5;

    private static readonly TimeSpan FreshMeasurementInterval = TimeSpan.FromSeconds(10);

    public async Task CheckReadinessAsync()
    {
        do
        {
            Enter(RunTrigger.CheckStarted, $"checking whether {stage.Name} is ready");
            foreach (var check in playbook.Preflight.Where(check => Concerns(check.Surface))) await MustPassAsync(check, "preflight", failureRollsBack: false);
            foreach (var check in stage.Ready) await MustPassAsync(check, "ready", failureRollsBack: false);
            checkedAt = Now;
        }
        while (!await DocumentChecksAsync());
    }

    public async Task CarryOutStepsAsync()
    {
        await PassHoldAsync();
        var watched = !isGuarded && stage.Soak is null;
        Enter(RunTrigger.StepsStarted, $"carrying out {stage.Name}");
        foreach (var step in stage.Steps)
        {
            if (input.Standing.Contains(step.Id))
            {
                LeaveStanding(step);
                continue;
            }

            if (StageOrder.Acts(step)) BeWatched();
            await MustPassAsync(step, "steps", failureRollsBack: true);
        }

        BeWatched();

        void BeWatched()
        {
            if (watched) return;
            watched = true;
            Tell(new RunSignal { Kind = RunSignalKind.WatchNeeded, From = context.InstanceId, Message = $"{stage.Name} begins to act" });
        }
    }

    public async Task SoakAsync()
    {
        await PassHoldAsync();
        if (stage.Soak is not { } soak) return;
        if (soak.Watch)
        {
            soakStarted = Now;
            Tell(new RunSignal { Kind = RunSignalKind.SoakNeeded, From = context.InstanceId, Message = $"{stage.Name} begins to be watched" });
            return;
        }

        while (true)
        {
            soakEnd = null;
            soakStarted = Now;
            Enter(RunTrigger.SoakStarted, $"{stage.Name} soaks {SoakText.Rule(soak)}");
            Tell(new RunSignal { Kind = RunSignalKind.SoakNeeded, From = context.InstanceId, Message = $"{stage.Name} begins to soak" });
            await AwaitAsync(() => soakEnd is not null);
            if (soakEnd == StageControlKind.SoakPassed) return;
            await SoakTimedOutAsync(soak, $"{stage.Name} did not soak within {PlaybookDuration.Format(soak.EffectiveAtMost)}");
        }
    }

    public async Task MeetCriteriaAsync()
    {
        var answered = new HashSet<string>();
        while (stage.Criteria.Count > 0)
        {
            var failing = await MeasureCriteriaAsync(answered);
            if (failing is null) return;

            // Without a soak nothing says how long to wait for them; a deadline that never comes is no deadline.
            var deadline = stage.Soak is { } soak ? windows.DeadlineOf(soakStarted!.Value, soak.EffectiveAtMost) ?? DateTimeOffset.MaxValue : Now;
            if (Now < deadline)
            {
                var interval = input.Clock.Paced(stage.CriteriaInterval);
                // The last pass is at the deadline itself, not an interval later.
                await PauseAsync(deadline - Now < interval ? deadline - Now : interval);
            }
            else
            {
                await SoakTimedOutAsync(stage.Soak, $"{stage.Name} did not meet its criteria in time: {failing}");
            }
        }
    }

    /// <summary>
    /// One fresh measurement of every guardrail must be green, however long ago the soak was. One that a hold made old
    /// is taken again.
    /// </summary>
    public async Task MeasureAfreshAsync()
    {
        await PassHoldAsync();
        Enter(RunTrigger.PromotionStarted, $"measuring every guardrail once more before {stage.Name} is promoted");
        var guardrails = isGuarded
            ? EnforcedGuardrails().Concat(GuardrailsWatchedOn()).DistinctBy(rule => rule.Name).Select(rule => rule.Resolved(Scope())).ToList()
            : [];
        for (var tries = 0; guardrails.Count > 0; tries++)
        {
            await PassHoldAsync();
            var red = await FirstRedAsync(guardrails);
            if (red is null && !held) break;
            if (red is null) continue;
            if (red.Verdict is MeasurementVerdict.NoData or MeasurementVerdict.Error && tries < FreshMeasurementRetries)
            {
                await PauseAsync(input.Clock.Paced(FreshMeasurementInterval));
                continue;
            }

            await AwaitChoiceAsync($"{stage.Name} is not promoted, since {red.Guardrail} is {red.Verdict}: {red.Message}", RunVerb.Retry);
            tries = -1;
        }

        await PassHoldAsync();
    }

    /// <summary>What the playbook says about every promotion: checkpoints and announcements, which stay whatever comes after.</summary>
    public async Task TellOfPromotionAsync()
    {
        foreach (var step in playbook.Promotion) await MustPassAsync(step, "promotion", failureRollsBack: false);
    }

    private IEnumerable<Guardrail> GuardrailsWatchedOn() =>
        playbook.Stages.Where(earlier => watchedOn.Contains(earlier.Name)).SelectMany(earlier => earlier.Guardrails).Where(rule => rule.Mode == GuardrailMode.Enforce && Concerns(rule.Surface));

    /// <summary>Runs a step until it passes, is ignored, or ends the stage.</summary>
    private async Task MustPassAsync(Step step, string part, bool failureRollsBack)
    {
        while (true)
        {
            var result = await RunStepAsync(step, part);
            if (result.Verdict is StepVerdict.Passed or StepVerdict.Skipped || (step.ContinueOnError && step.Uses != "signoff")) return;
            if (result.Verdict == StepVerdict.Failed && failureRollsBack)
            {
                throw new StageEndedException(StageOutcomeKind.RollBack, $"step {step.Id} of {stage.Name} failed: {result.Message}", step.Surface);
            }

            var chosen = await AwaitChoiceAsync($"{part} {step.Id} ({step.Uses}) {result.Verdict.ToString().ToLowerInvariant()}: {result.Message}", step.Id, ChoicesFor(step));
            if (chosen == StageControlKind.Ignore) return;
        }
    }

    /// <summary>A sign-off or confirmation is a person's word, which nobody else may ignore.</summary>
    private static RunVerb[] ChoicesFor(Step step) => IsAnsweredByPeople(step) ? [RunVerb.Retry] : [RunVerb.Retry, RunVerb.Ignore];

    private static bool IsAnsweredByPeople(Step step) => step.Uses is "manual/confirm" or "signoff";

    private async Task SoakTimedOutAsync(Soak? soak, string message)
    {
        if (soak?.OnTimeout == Reaction.Rollback) throw new StageEndedException(StageOutcomeKind.RollBack, message);
        await AwaitChoiceAsync(message, RunVerb.Retry);
    }

    /// <summary>Measures all criteria in one pass; null where all passed, otherwise what did not.</summary>
    private async Task<string?> MeasureCriteriaAsync(HashSet<string> answered)
    {
        string? failing = null;
        foreach (var check in stage.Criteria.Where(check => !answered.Contains(check.Id)))
        {
            if (IsAnsweredByPeople(check))
            {
                // A clock does not ask people again, nor does it undo their yes: it waits until they confirm.
                await MustPassAsync(check, "criteria", failureRollsBack: false);
                answered.Add(check.Id);
                continue;
            }

            var result = await RunStepAsync(check, "criteria");
            if (result.Verdict is not (StepVerdict.Passed or StepVerdict.Skipped) && !check.ContinueOnError) failing ??= $"{check.Id}: {result.Message}";
        }

        return failing;
    }

    /// <summary>What forbids the promotion now; null where everything is green, which then is what approvals are held against.</summary>
    private async Task<Measurement?> FirstRedAsync(IReadOnlyList<Guardrail> guardrails)
    {
        var measurements = await MeasureAsync(guardrails);
        if (measurements.FirstOrDefault(measurement => !GuardrailLimits.IsClean(measurement.Verdict)) is { } red) return red;
        TakeEvidence(measurements.Select(measurement => new GuardrailEvidence(measurement.Guardrail, measurement.Verdict)));
        return null;
    }

    private async Task<IReadOnlyList<Measurement>> MeasureAsync(IReadOnlyList<Guardrail> guardrails)
    {
        try
        {
            var result = await context.CallActivityAsync<MeasureResult>(ActivityNames.Measure, new MeasureRequest
            {
                RunId = input.Rollout.RunId,
                Playbook = playbook.Name,
                Stage = stage.Name,
                Attempt = input.Attempt,
                Epoch = input.Epoch,
                GridTime = Now,
                Guardrails = guardrails,
                Metrics = playbook.Metrics,
                Channels = playbook.Channels,
            });
            return result.Measurements;
        }
        catch (TaskFailedException failure)
        {
            return [.. guardrails.Select(rule => new Measurement
            {
                Guardrail = rule.Name,
                Verdict = MeasurementVerdict.Error,
                Message = $"the measurement itself broke: {failure.FailureDetails.ErrorMessage}",
                MeasuredAt = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero),
            })];
        }
    }
}
