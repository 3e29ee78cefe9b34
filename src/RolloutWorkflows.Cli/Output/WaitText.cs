using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>For whom or what a run waits, until when, and what a breach now would restore; one sentence each.</summary>
internal static class WaitText
{
    /// <summary>For whom or what it waits; null where it waits for nothing but itself.</summary>
    /// <param name="details">The run.</param>
    /// <param name="zone">The viewer's zone; null: the system's.</param>
    public static string? Of(RolloutDetails details, TimeZoneInfo? zone = null)
    {
        var run = details.Run;
        if (run.EndedAt is not null) return null;
        if (run.OpenApprovals.Count > 0) return string.Join(" ", run.OpenApprovals.Select(approval => Of(approval, zone)));
        return run.State switch
        {
            RunState.Holding or RunState.RolledBack => $"Waits for a person to choose: {string.Join(", ", run.Accepts.Where(IsChoice).Select(Words.Of))}; no time limit."
                + (run.Meanwhile == RunState.Soaking && details.Soak is { Passed: false } beside ? $" Meanwhile: {Of(beside, run.TimeCompression, details.Now, zone)}" : ""),
            RunState.Soaking when details.Soak is { Passed: false } soak => Of(soak, run.TimeCompression, details.Now, zone),
            _ => null,
        };
    }

    /// <summary>What a breach now would restore.</summary>
    public static string OfBreach(RollbackPreviewAnswer preview)
    {
        // Where a target was changed more than once, it goes from the newest value to the oldest.
        var changes = preview.Effects.GroupBy(effect => effect.Target, StringComparer.Ordinal).Select(target =>
            target.Last() is { To: { } to } && target.First().From is { } from && target.All(effect => effect.Outcome is CompensationOutcome.Restored or CompensationOutcome.AlreadyPrior)
                ? $"{target.Key} from {from} to {to}"
                : $"{target.Key}: {target.First().Message}").ToList();
        if (changes.Count == 0) return "A breach now would restore nothing: nothing that it changed stands.";
        var within = preview.Objective is { } objective ? $", within {Spans.Of(objective)}" : "";
        return $"A breach now would restore to {preview.To}{within}: {string.Join("; ", changes)}.";
    }

    private static string Of(OpenApproval approval, TimeZoneInfo? zone)
    {
        var missing = approval.Needed - approval.Votes.Count(vote => vote.Approves);
        var silent = approval.Electorate.Where(person => !approval.Votes.Any(vote => vote.Person == person)).ToList();
        var whom = silent.Count > 0 ? silent : approval.Electorate;
        return $"Waits for {missing} more of {string.Join(", ", whom)} to answer {approval.Name}{(approval.Deadline is { } deadline ? $", until {Spans.Moment(deadline, zone)}" : "; no time limit")}.";
    }

    private static string Of(SoakStatus soak, double compression, DateTimeOffset now, TimeZoneInfo? zone)
    {
        if (soak.PassesAt is null && soak.Counts.Count > 0) return $"Waits for the soak of {soak.Stage}, for nobody: {RunText.Remains(soak)}.";
        var left = (soak.PassesAt is { } passes ? passes - soak.AsOf : RunText.Remaining(soak)) / Math.Max(1, compression);
        return $"Waits for the soak of {soak.Stage}, for nobody; if it stays clean, until about {Spans.Moment(now + left, zone)}, in {Spans.Of(left)}.";
    }

    private static bool IsChoice(RunVerb verb) => verb is not (RunVerb.Annotate or RunVerb.Hold or RunVerb.Handover);
}
