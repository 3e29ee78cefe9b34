using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// A run that takes over from an earlier one. Stages before its first are neither carried out nor gone back into: what they
/// changed stands in the earlier run's journal.
/// </summary>
internal sealed partial class RolloutRun
{
    private readonly int firstStage;
    private string? supersededBy;

    /// <summary>The last stage that was taken over, while the one after it is to be carried out; null otherwise.</summary>
    private string? StageTakenOverBefore(Stage stage) => firstStage > 0 && stage == stages[firstStage] ? stages[firstStage - 1].Name : null;

    /// <summary>Makes the earlier run's baselines this run's too, and links the two records.</summary>
    public async Task TakeOverAsync()
    {
        if (input.Supersedes is not { } earlier) return;
        var link = new RunLogWriter(context, earlier.RunId, clock, $"{earlier.RunId}.");
        link.Write(RunLogKind.Superseded, $"{input.RunId} takes over from {earlier.FromStage} on", actor: input.StartedBy, reason: input.Reason);
        var work = Task.WhenAll(link.DrainAsync(), earlier.Captures.Count == 0 ? Task.CompletedTask : context.CallActivityAsync(ActivityNames.TakeCaptures, new TakeCapturesRequest
        {
            FromRun = earlier.RunId,
            ToRun = input.RunId,
            Captures = earlier.Captures,
        }, Stubborn));
        await Task.WhenAny(work, changed.Until(() => Interrupted));
        if (work.IsCompleted) await work;
    }

    private void LogTakeover()
    {
        if (input.Supersedes is not { } earlier) return;
        var skipped = stages.Take(firstStage).Select(stage => stage.Name).ToList();
        var taken = skipped.Count == 0 ? "" : $"; taken over as promoted there: {string.Join(", ", skipped)}";
        log.Write(RunLogKind.Superseded, $"takes over from {earlier.RunId}, beginning with {earlier.FromStage}{taken}", earlier.FromStage, actor: input.StartedBy);
    }

    /// <summary>Only what stands still may be taken over: between the look at it and this command people may have chosen otherwise.</summary>
    private string? RefusalOfSuperseding(RunCommand command) =>
        command.SupersededBy is { } by && (State != RunState.RolledBack || surfaces.Any(surface => surface.Halt == SurfaceState.RollingBack))
            ? $"{by} cannot take over: the run is {State} by now: {because}; expected RolledBack"
            : null;
}
