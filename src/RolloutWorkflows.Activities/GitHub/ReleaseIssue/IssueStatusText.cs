using System.Globalization;
using System.Text;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Where a run stands, as one comment that is edited in place. Pure. Times are absolute and in UTC; what passes by itself is
/// told so coarsely that the comment changes a few times a day, not every minute.
/// </summary>
internal sealed class IssueStatusText
{
    private static readonly (RunVerb Verb, string Command)[] Commands =
    [
        (RunVerb.Approve, "/approve reason"), (RunVerb.Reject, "/reject reason"), (RunVerb.Hold, "/hold"), (RunVerb.Resume, "/resume"),
        (RunVerb.Retry, "/retry"), (RunVerb.Rollback, "/rollback reason"),
    ];

    private readonly StringBuilder text = new();
    private readonly IssueView view;

    private IssueStatusText(IssueView view) => this.view = view;

    private RunStatus Status => view.Status;

    /// <summary>The comment without the moment at which it was written; equal texts need no edit.</summary>
    public static string Render(IssueView view)
    {
        var comment = new IssueStatusText(view);
        comment.Write();
        return comment.text.ToString();
    }

    /// <summary>The comment as it is sent.</summary>
    public static string Dated(string text, DateTimeOffset now) => $"{text}\n<sub>As of {IssueText.Time(now)}; edited in place.</sub>";

    private void Write()
    {
        Line($"### {Sign(Status.State)} {IssueText.Inline(view.Title)}: {Status.State}");
        Line();
        Line(Place());
        Line();
        Line($"- Why: {IssueText.Inline(Status.Because)}");
        if (view.InForce.Count > 0) Line($"- In force: {string.Join("; ", view.InForce.Take(20).Select(effect => IssueText.Inline(effect)))}");
        if (SoakLine() is { } soak) Line($"- {soak}");
        foreach (var waits in WaitsFor()) Line($"- Waits for {waits}");
        foreach (var drifted in Status.Drift.Take(10)) Line($"- Drift: {IssueText.Inline(drifted.ToString())}");
        if (Guardrails() is { Length: > 0 } guardrails) Line($"- Guardrails: {guardrails}");
        foreach (var document in Status.Documents.Take(20)) Line($"- Document: {IssueText.Inline(document.ToString())}, by {IssueText.Inline(document.By)}");
        if (Milestones() is { Length: > 0 } milestones) Line($"- Milestones: {milestones}");
        WriteCommands();
    }

    private string Place()
    {
        var stages = view.Stages;
        var index = stages.ToList().FindIndex(stage => stage.Name == Status.Stage);
        var done = stages.Count(stage => view.StatusOf(stage).State is StageState.Promoted or StageState.TakenOver);
        var promoted = string.Create(CultureInfo.InvariantCulture, $"{done} of {stages.Count} stages promoted");
        if (Status.EndedAt is { } ended) return $"Ended {IssueText.Time(ended)}, {promoted}.";
        if (index < 0) return $"{char.ToUpperInvariant(promoted[0])}{promoted[1..]}.";
        var attempt = Status.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {Status.Attempt}") : "";
        var title = stages[index].Title is { } given ? $", {IssueText.Inline(given)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Stage {index + 1} of {stages.Count}: **{IssueText.Inline(Status.Stage)}**{title}{attempt}; {promoted}.");
    }

    private string? SoakLine()
    {
        if (view.Soak is not { StartedAt: not null, Passed: false } soak || soak.Stage != Status.Stage || Status.EndedAt is not null || !SoakText.IsOfAnything(soak)) return null;
        var remains = soak.Needed > soak.Counted ? soak.Needed - soak.Counted : TimeSpan.Zero;
        var time = $"about {IssueValues.Coarse(remains)} of {PlaybookDuration.Format(soak.Needed)}{(Status.TimeCompression > 1 ? " (playbook time)" : "")} remain";
        var line = $"Soak: {string.Join("; ", (soak.Needed > TimeSpan.Zero ? [time] : Array.Empty<string>()).Concat(SoakText.InFull(soak.Counts).Select(count => IssueText.Inline(count))))}";
        // Where time does not count now, the moment at which it would be over moves on.
        if (soak.PassesAt is { } passes && IsClean(soak)) line += $"; if it stays clean, over at {IssueText.Time(Rounded(view.ToReal(passes)))}";
        if (soak.Deadline is { } deadline && deadline < DateTimeOffset.MaxValue.AddDays(-1)) line += $"; at most until {IssueText.Time(view.ToReal(deadline))}";
        if (soak.Resets > 0) line += string.Create(CultureInfo.InvariantCulture, $"; begun again {soak.Resets} time(s)");
        return soak.LastBreach is { } breach ? $"{line}; last breach: {IssueText.Inline(breach, 200)}" : line;
    }

    private IEnumerable<string> WaitsFor()
    {
        foreach (var open in Status.OpenApprovals)
        {
            var missing = open.Needed - open.Votes.Count(vote => vote.Approves);
            var silent = open.Electorate.Where(person => !open.Votes.Any(vote => vote.Person == person)).ToList();
            var whom = open.Electorate.Count == 0 ? "anyone" : IssueLines.Names(silent.Count > 0 ? silent : open.Electorate);
            var until = open.Deadline is { } deadline ? $", until {IssueText.Time(deadline)}" : ", without a time limit";
            var still = open.StandsStill is { } why ? $" (its time stands still: {IssueText.Inline(why)})" : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{missing} more of {whom} to answer {IssueText.Code(open.Name)} of {IssueText.Inline(open.Stage)}{until}{still}");
        }

        if (Status.State is RunState.Holding or RunState.RolledBack) yield return "a person to choose how it goes on";
    }

    /// <summary>Verdicts, not values: a comment that changes every minute is read by nobody.</summary>
    private string Guardrails() => view.Soak is not { } soak || Status.EndedAt is not null ? ""
        : string.Join(", ", soak.Guardrails.Select(guardrail => $"{IssueText.Inline(guardrail.Name)} {(guardrail.Last is { } last ? last.Verdict.ToString() : "not measured yet")}"));

    private string Milestones() => string.Join(", ", view.Stages.Where(stage => stage.Milestone is not null).Select(stage =>
        $"{IssueText.Inline(stage.Milestone!.Id)} {(view.StatusOf(stage) is { State: StageState.Promoted or StageState.TakenOver } status ? $"reached{(status.EndedAt is { } at ? $" {IssueText.Time(at)}" : "")}" : "ahead")}"));

    private void WriteCommands()
    {
        var open = Commands.Where(command => Status.Accepts.Contains(command.Verb)).Select(command => $"`{command.Command}`").ToList();
        foreach (var choice in Status.Choices.Where(choice => Commands.All(command => command.Verb != choice.Verb)))
            Line($"- {choice.Verb}, which takes `rollout {choice.Verb.ToString().ToLowerInvariant()} {view.RunId}`: {IssueText.Inline(choice.Does)}");
        foreach (var choice in Status.Choices.Where(choice => Commands.Any(command => command.Verb == choice.Verb)))
            Line($"- `/{choice.Verb.ToString().ToLowerInvariant()}` {IssueText.Inline(choice.Does)}");
        Line();
        Line($"Comment {(open.Count > 0 ? string.Join(", ", open) + " or " : "")}`/status`.");
    }

    private static bool IsClean(SoakStatus soak) => soak.Drift.Count == 0 && soak.Counts.All(count => count.Problem is null) && soak.Guardrails.All(guardrail => guardrail.Last?.Verdict is null or MeasurementVerdict.Passed or MeasurementVerdict.Warning);

    /// <summary>To five minutes, since each tick of the soak moves it by moments.</summary>
    private static DateTimeOffset Rounded(DateTimeOffset at)
    {
        var grain = TimeSpan.FromMinutes(5).Ticks;
        return new DateTimeOffset((at.UtcTicks + grain - 1) / grain * grain, TimeSpan.Zero);
    }

    private static string Sign(RunState state) => state switch
    {
        RunState.Succeeded => "✅",
        RunState.Holding => "⏸️",
        RunState.RollingBack or RunState.RolledBack => "⏪",
        RunState.Aborted => "⏹️",
        RunState.AwaitingApproval => "🗳️",
        _ => "▶️",
    };

    private void Line(string line = "") => text.Append(line).Append('\n');
}
