using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The end of a run, good or aborted.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>Stops the watch, runs the playbook's last steps, and closes the record.</summary>
    public async Task<RolloutResult> EndAsync()
    {
        var from = StageToGoBackFrom().Name;
        await Task.WhenAll(surfaceRollbacks);
        if (!IsAborting) Move(RunTrigger.Succeed, "every stage is promoted");
        TellWatches(SoakControlKind.Stop);
        var staysInPlace = IsAborting ? await StaysInPlaceAsync() : [];
        foreach (var open in stageStatuses.Where(status => status.State == StageState.Open).ToList())
        {
            Update(open.Name, status => status with { State = StageState.Stopped, EndedAt = NowUtc });
        }

        Acknowledge();
        // Once, whatever end it was.
        if (input.Reopened is null) await RunLastStepsAsync();
        await context.CallActivityAsync(ActivityNames.ReleaseLeases, input.RunId, Stubborn);
        endedAt = NowUtc;
        var message = staysInPlace.Count > 0 ? $"{because}; it leaves in place: {string.Join(", ", staysInPlace)}" : because;
        because = message;
        log.Write(RunLogKind.Ended, $"{State}: {message}", data: new RunEnd(State));
        Publish();
        await log.DrainAsync();
        return new RolloutResult { State = State, Message = message, StaysInPlace = staysInPlace, Memory = Remember(from) };
    }

    /// <summary>Fences every effect that is still under way, and lists what an aborted run does not take back.</summary>
    private async Task<IReadOnlyList<string>> StaysInPlaceAsync()
    {
        epoch++;
        var work = await context.CallActivityAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
        {
            RunId = input.RunId,
            Epoch = epoch,
            To = RollbackTarget.Start,
            Stage = lastStage?.Name ?? stages[firstStage].Name,
            Attempt = lastStage is null ? 1 : AttemptOf(lastStage.Name),
            OpenedStages = [.. stageStatuses.Where(status => status.Attempt > 0).Select(status => status.Name)],
        }, Stubborn);
        return [.. work.Effects.Select(effect => $"{effect.Target} = {effect.Intended}").Distinct()];
    }

    private async Task RunLastStepsAsync()
    {
        var runner = new StepRunner(context, input, clock, (step, _) => Task.FromResult(new StepResult
        {
            Verdict = StepVerdict.Errored,
            Message = $"{step.Id} asks people, which a run that has ended cannot wait for",
        }));
        var scope = new ExpressionScope { Inputs = input.Inputs, Outputs = outputs, Run = RunValues.Of(input, lastStage?.Name, 1, clock.Anchor, State) };
        foreach (var step in input.Playbook.Finally)
        {
            var result = await runner.RunAsync(step, new StepPlace("finally", 1, epoch, "finally"), scope);
            log.Write(RunLogKind.StepFinished, $"finally {step.Id} ({step.Uses}) {result.Verdict.ToString().ToLowerInvariant()}: {result.Message}");
        }
    }
}
