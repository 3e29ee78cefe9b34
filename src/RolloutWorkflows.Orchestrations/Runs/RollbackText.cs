using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A rollback in one sentence.</summary>
internal static class RollbackText
{
    public static string Of(RollbackReport report)
    {
        var undone = report.Effects.Count(effect => effect.Outcome is CompensationOutcome.Restored or CompensationOutcome.AlreadyPrior);
        var drifted = report.Effects.Count(effect => effect.Outcome == CompensationOutcome.Drifted);
        var left = report.Effects.Where(effect => effect.Outcome == CompensationOutcome.LeftInPlace).Select(effect => effect.Target).Distinct();
        var text = $"{(report.Surface is { } surface ? $"{surface} " : "")}rolled back to {report.To}";
        if (report.LeftInPlace > 0) text += $", {report.LeftInPlace} effects left in place ({string.Join(", ", left)})";
        text += FormattableString.Invariant($": {undone} of {report.Effects.Count} effects undone in {report.Took?.TotalSeconds:0.0} s");
        if (report.ObjectiveMet is { } met) text += $" ({(met ? "within" : "beyond")} the objective of {PlaybookDuration.Format(report.Objective!.Value)})";
        if (drifted > 0) text += $"; {drifted} had been changed by somebody else and were not raised";
        if (report.Standing.Count > 0) text += $"; still in force and guarded: {string.Join(", ", report.Standing.Select(effect => effect.Target).Distinct())}";
        var red = report.Steps.Where(step => step.Verdict is not (StepVerdict.Passed or StepVerdict.Skipped)).ToList();
        if (red.Count > 0) text += $"; {string.Join(", ", red.Select(step => $"{step.Part} {step.StepId} {step.Verdict.ToString().ToLowerInvariant()}"))}";
        return text;
    }
}
