using System.Globalization;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>How far back people ask a run to go: less far than the playbook says (50 % to 25 %), or further.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>What the command names; null where it leaves that to the playbook.</summary>
    private static RollbackTarget? NamedBy(RunCommand command) => command.To switch
    {
        null or "" => null,
        "start" => RollbackTarget.Start,
        "stage-start" => RollbackTarget.StageStart,
        var text when PercentIn(text) is { } percent => new RollbackTarget { Kind = RollbackTargetKind.Percent, Percent = percent },
        var text => new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = text },
    };

    /// <summary>Why the run does not go back as far as the command says; null where it does.</summary>
    private string? RefusalOfTarget(RunCommand command)
    {
        if (NamedBy(command) is not { } target) return null;
        if (command.Surface is { } surface) return $"{surface} alone goes back as far as the playbook says; leave 'to' out, or the surface";
        if (State == RunState.RollingBack && target != goingBackTo) return $"it goes back to {goingBackTo} already; ask again once it has";
        var from = StageToGoBackFrom();
        return target.Kind switch
        {
            RollbackTargetKind.Percent => RefusalOfPercent(from, target.Percent!.Value),
            RollbackTargetKind.Stage when IndexOf(target.Stage) is var at && (at < 0 || at >= IndexOf(from.Name)) =>
                $"it cannot go back to '{target.Stage}' from {from.Name}; expected start, stage-start, a percentage, or a stage before it: {Earlier(from)}",
            _ => null,
        };
    }

    private string Earlier(Stage from) => IndexOf(from.Name) == 0 ? "there is none" : string.Join(", ", stageStatuses.Take(IndexOf(from.Name)).Select(status => status.Name));

    /// <summary>A percentage is one flag's, and never more than what its stage sets: a rollback raises nothing.</summary>
    private static string? RefusalOfPercent(Stage from, double percent)
    {
        var rollouts = from.Steps.Where(step => step.Uses == "flag/rollout").ToList();
        var asked = FormattableString.Invariant($"{percent} %");
        if (rollouts.Count != 1) return $"{asked} needs one percentage flag to fall back to, and stage {from.Name} sets {(rollouts.Count == 0 ? "none" : $"{rollouts.Count}")}";
        return rollouts[0].With.TryGetValue("percent", out var set) && PercentIn(set.ToString()) is { } present && percent >= present
            ? FormattableString.Invariant($"{asked} is no less than the {present} % of stage {from.Name}, and a rollback never raises exposure")
            : null;
    }

    private static double? PercentIn(string text) =>
        double.TryParse(text.EndsWith('%') ? text[..^1].TrimEnd() : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;
}
