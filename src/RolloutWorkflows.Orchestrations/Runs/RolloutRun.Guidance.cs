using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Where the run stands still, what people can do about it.</summary>
internal sealed partial class RolloutRun
{
    private static readonly RunVerb[] WaysOn = [RunVerb.Resume, RunVerb.Retry, RunVerb.Ignore, RunVerb.Override, RunVerb.Handover, RunVerb.Rollback, RunVerb.Abort];

    /// <summary>Each accepted command that leads on from a hold or a rollback, with what it would do; empty while the run moves.</summary>
    private IReadOnlyList<GuidedChoice> Guidance()
    {
        if (State is not (RunState.Holding or RunState.RolledBack) && !surfaces.Any(surface => surface.Halt is SurfaceState.Holding or SurfaceState.RolledBack)) return [];
        var accepted = Accepts();
        return [.. WaysOn.Where(accepted.Contains).Where(verb => verb switch
        {
            RunVerb.Handover => WithoutOwner() is not null,
            RunVerb.Resume => WithoutOwner() is null,
            _ => true,
        }).Select(verb => new GuidedChoice { Verb = verb, Does = WhatItDoes(verb) })];
    }

    private string WhatItDoes(RunVerb verb) => verb switch
    {
        RunVerb.Resume when IsDriftOpen => "reads back what the run set, and goes on where all of it reads so again",
        RunVerb.Retry when IsDriftOpen => "sets again what the run had set, and goes on",
        RunVerb.Ignore when IsDriftOpen => $"accepts what stands now, and goes on; needs a reason and {WhoOverrides()}",
        RunVerb.Resume when State != RunState.Holding => $"lets {Names(SurfaceState.Holding)} go on",
        RunVerb.Resume => heldIn is { } where ? $"goes on where it was held ({where})" : "goes on where it was held",
        RunVerb.Retry when MeansSurfaces => $"begins again with what was rolled back of {Names(SurfaceState.RolledBack)}, each stage in its turn: its window, checks, approvals, then its steps; one surface alone: retry --surface NAME",
        RunVerb.Retry when State == RunState.RolledBack => $"begins again with {NextStage()?.Name ?? stages[^1].Name}: its window, checks, approvals, then its steps",
        RunVerb.Retry => "tries again what did not work, and goes on where it passes",
        RunVerb.Ignore => $"goes on as though it had passed; needs a reason and {WhoOverrides()}",
        RunVerb.Override => $"opens although the window is closed; needs a reason and {WhoOverrides()}",
        RunVerb.Handover => "names another owner; needs an admin",
        RunVerb.Rollback => ScopeOfRollback() is var scope && scope.To.Kind == RollbackTargetKind.Start
            ? "takes back everything of this run that still stands, newest first"
            : $"takes back what was changed, newest first, from {scope.Stage} to {scope.To}",
        RunVerb.Abort => "ends the run here and changes nothing; what is in place stays and is listed",
        _ => "",
    };

    private string WhoOverrides() => input.Playbook.Overrides.Count == 0
        ? $"an admin other than {input.StartedBy}, who started it"
        : $"an admin or a member of {string.Join(", ", input.Playbook.Overrides)}, other than {input.StartedBy}, who started it";

    /// <summary>A notice that something needs people, with their choices, one a line.</summary>
    private string WithChoices(string text)
    {
        var lines = Guidance().Select(choice => $"{RunVerbs.Word(choice.Verb)}: {choice.Does}").ToList();
        return lines.Count == 0 ? text : $"{text}\n{string.Join('\n', lines)}";
    }
}
