using System.Text.Json;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// How a run takes over from an earlier one: stages before the one it begins with are not carried out again, so each must
/// stand as the earlier run promoted it, and whatever later steps need of them must have been left. Pure.
/// </summary>
public static class Takeover
{
    /// <summary>Looks for everything in the way, and collects what the new run takes over.</summary>
    /// <param name="playbook">The new run's playbook, which may be newer than the earlier run's.</param>
    /// <param name="inputs">The new run's inputs.</param>
    /// <param name="fromStage">The first stage to carry out.</param>
    /// <param name="earlier">The run that is superseded.</param>
    public static TakeoverPlan Plan(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, string fromStage, EarlierRun earlier)
    {
        var run = new SupersededRun { RunId = earlier.RunId, FromStage = fromStage };
        if (Mismatch(playbook, fromStage, earlier) is { } mismatch) return new TakeoverPlan { Obstacles = [mismatch], Run = run };

        var skipped = Skipped(playbook, fromStage);
        var needs = new TakeoverNeeds(playbook, inputs, skipped, Remaining(playbook, fromStage));
        var left = skipped.Where(stage => earlier.Outputs.ContainsKey(stage.Name)).SelectMany(stage => earlier.Outputs[stage.Name])
            .GroupBy(step => step.Key).ToDictionary(steps => steps.Key, steps => steps.Last().Value);
        return new TakeoverPlan
        {
            Obstacles =
            [
                .. new[] { RefusalOfState(earlier) }.OfType<string>(),
                .. skipped.Select(stage => RefusalOfStage(stage, fromStage, earlier)).OfType<string>(),
                .. needs.MissingOutputs(left).Select(missing => $"{missing}, which {earlier.RunId} has not left; take over from the stage that puts it out"),
            ],
            Run = run with
            {
                RolledBack = [.. earlier.Stages.Where(stage => stage.State == StageState.RolledBack).Select(stage => stage.Name).Union(earlier.RolledBack)],
                Outputs = left.Where(step => needs.Refers(step.Key)).ToDictionary(step => step.Key, step => step.Value),
                Captures = needs.Captures(),
            },
        };
    }

    /// <summary>The stages before, in the order in which they would run; none where there is no such stage.</summary>
    public static IReadOnlyList<Stage> Skipped(Playbook playbook, string fromStage) =>
        playbook.FindStage(fromStage) is null ? [] : [.. StageOrder.Of(playbook).TakeWhile(stage => stage.Name != fromStage)];

    /// <summary>The playbook as the new run carries it out: from the stage on, which also asks what asked before it.</summary>
    public static Playbook Remaining(Playbook playbook, string fromStage)
    {
        var skipped = Skipped(playbook, fromStage);
        var left = playbook.Stages.Where(stage => !skipped.Contains(stage));
        return skipped.Count == 0 ? playbook : playbook with
        {
            Stages = [.. left.Select(stage => stage.Name == fromStage ? stage with { Approvals = [.. AskedAgain(skipped[^1]), .. stage.Approvals] } : stage)],
        };
    }

    /// <summary>A run's stages before it has begun.</summary>
    public static IReadOnlyList<StageStatus> StagesAtStart(RolloutInput input)
    {
        var skipped = input.Supersedes is { } superseded ? Skipped(input.Playbook, superseded.FromStage) : [];
        return [.. StageOrder.Of(input.Playbook).Select(stage => new StageStatus
        {
            Name = stage.Name,
            Title = stage.Title,
            Surface = stage.Surface,
            State = skipped.Any(taken => taken.Name == stage.Name) ? StageState.TakenOver : StageState.Ahead,
        })];
    }

    /// <summary>
    /// An approval at the end of a stage is one of the next stage's steps. What the earlier run's people approved was the earlier
    /// playbook with its inputs, so they are asked again before the first stage that is carried out.
    /// </summary>
    internal static IEnumerable<Approval> AskedAgain(Stage last) =>
        last.Approvals.Where(approval => approval.When == ApprovalTiming.After)
            .Select(approval => approval with { When = ApprovalTiming.Before, Name = $"{approval.Name} of {last.Name}" });

    private static string? Mismatch(Playbook playbook, string fromStage, EarlierRun earlier)
    {
        if (earlier.Playbook != playbook.Name)
            return $"{earlier.RunId} is a run of {earlier.Playbook}, and a run of {playbook.Name} cannot take over from it; start a run of {earlier.Playbook}";
        if (playbook.FindStage(fromStage) is not null) return null;
        var names = playbook.Stages.Select(stage => stage.Name).ToList();
        return $"{playbook.Name} has no stage '{fromStage}' to begin with{Suggestion.For(fromStage, names)}; it has {string.Join(", ", names)}";
    }

    private static string? RefusalOfState(EarlierRun earlier) => earlier switch
    {
        { Failure: { } failure } => $"{earlier.RunId} was not ended by people ({failure}), so nobody knows what stands of it; start a run from the first stage",
        { State: RunState.RolledBack or RunState.Aborted } => null,
        { State: RunState.Succeeded } => $"{earlier.RunId} has succeeded, so there is nothing to take over; start a run by itself",
        _ => $"{earlier.RunId} is {earlier.State}; expected RolledBack or Aborted. First send it back (rollout rollback {earlier.RunId}) or end it where it stands (rollout abort {earlier.RunId})",
    };

    private static string? RefusalOfStage(Stage stage, string fromStage, EarlierRun earlier)
    {
        var before = earlier.Stages.FirstOrDefault(known => known.Name == stage.Name);
        return before switch
        {
            { State: StageState.Promoted or StageState.TakenOver } => null,
            null => $"stage {stage.Name} comes before {fromStage}, and {earlier.RunId} had no such stage; it had {string.Join(", ", earlier.Stages.Select(known => known.Name))}. Begin with {stage.Name} or earlier",
            _ => $"stage {stage.Name} comes before {fromStage}, and in {earlier.RunId} it is {before.State}; expected Promoted. Begin with {stage.Name} or earlier",
        };
    }
}
