namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The rollback of a run that has ended: the run goes on under its own id, from what it kept at its end, so that everything
/// that holds for a rollback holds for this one too.
/// </summary>
internal sealed partial class RolloutRun
{
    /// <summary>Goes back as asked. False where it may not any more: then the run has ended as before.</summary>
    public async Task<bool> GoBackAfterAllAsync(ReopenedRun reopened)
    {
        var command = reopened.Command;
        answeredCommands.Add(command.CommandId);
        if ((RefusalOfSurface(command) ?? RefusalOfTarget(command) ?? await WhyNotAnyMoreAsync()) is { } refusal)
        {
            log.Write(RunLogKind.CommandRefused, $"rollback by {command.Actor} was refused: {refusal}", lastStage?.Name,
                actor: command.Actor, reason: command.Reason, commandId: command.CommandId, data: new { command.Verb, command.Via });
            await log.DrainAsync();
            return false;
        }

        endedAt = null;
        log.Write(RunLogKind.CommandAccepted, $"rollback by {command.Actor}, after the run had ended", lastStage?.Name,
            actor: command.Actor, reason: command.Reason, commandId: command.CommandId, data: new { command.Verb, command.Via });
        Act(command);
        Open();
        return true;
    }

    /// <summary>The run has ended as before, and can be asked again.</summary>
    public RolloutResult StayEnded(RunMemory memory) => new() { State = memory.State, Message = memory.Because, Memory = memory };

    private async Task<string?> WhyNotAnyMoreAsync()
    {
        try
        {
            var later = await context.CallActivityAsync<IReadOnlyList<string>>(ActivityNames.FindLaterChanges,
                new LaterChangesRequest { RunId = input.RunId, Playbook = input.Playbook.Name }, Stubborn);
            return later.Count == 0 ? null : $"later runs have what this one changed, so that going back would undo theirs: {string.Join("; ", later)}";
        }
        catch (TaskFailedException broken)
        {
            return $"whether later runs changed the same could not be found out: {broken.FailureDetails.ErrorMessage}";
        }
    }

    private void Restore(RunMemory memory)
    {
        State = memory.State;
        because = memory.Because;
        endedAt = memory.EndedAt;
        epoch = memory.Epoch;
        watchRestarts = memory.WatchRestarts;
        lastStage = stages.FirstOrDefault(stage => stage.Name == memory.Stage);
        rollback = memory.Rollback;
        supersededBy = memory.SupersededBy;
        ownerConfirmed = memory.OwnerConfirmed;
        if (memory.HandedOverTo is { } person) owner = Owner.Person(person);
        foreach (var kept in memory.Surfaces) Restore(kept);
        stageStatuses.Clear();
        stageStatuses.AddRange(memory.Stages);
        foreach (var (step, values) in memory.Outputs) outputs[step] = values;
        foreach (var document in memory.Documents) documents[document.Name] = document;
        Publish();
    }

    private RunMemory Remember(string from) => new()
    {
        State = State,
        Because = because,
        EndedAt = endedAt ?? NowUtc,
        Anchor = clock.Anchor,
        Epoch = epoch,
        WatchRestarts = watchRestarts,
        Stage = from,
        NextStage = stages.TakeWhile(IsDone).Count(),
        Surfaces = SurfaceStatuses(),
        Stages = [.. stageStatuses],
        Outputs = outputs,
        Documents = [.. documents.Values],
        Rollback = rollback,
        HandedOverTo = owner is { } present && present.Name != input.Playbook.Owner ? present.Name : null,
        SupersededBy = supersededBy,
        OwnerConfirmed = ownerConfirmed,
    };
}
