using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What of a run's record people must notice, as comments. Pure. Mentions nobody: whoever follows the issue is told by GitHub.</summary>
internal static class IssueCommentText
{
    private const int MostLines = 80;

    /// <summary>The comment of a line; null for most lines.</summary>
    public static (string Summary, IssueCommentContent Content)? Of(RunLogEntry entry, ChannelRun run) => entry.Kind switch
    {
        RunLogKind.StagePromoted => Plain("stage promoted", Promoted(entry, run)),
        RunLogKind.Held => Plain("hold", Held(entry, run)),
        RunLogKind.RollbackStarted => Plain("rollback started", $"### ⏪ {Sentence(entry.Message)}\n\nBy {IssueText.Inline(entry.Actor)}, {IssueText.Time(entry.At)}."),
        RunLogKind.RollbackFinished => Plain("rollback finished", $"### ⏪ {Sentence(entry.Message)}\n\n{Choices(run.Status, RunState.RolledBack)}"),
        RunLogKind.StepFinished when entry.DataAs<StepStatus>() is { Uses: "incident/open", Verdict: StepVerdict.Passed } step =>
            Plain("incident", $"### 🚨 Incident\n\n{IssueText.Inline(step.Message)}\n\nStage {IssueText.Inline(entry.Stage)}, {IssueText.Time(entry.At)}."),
        RunLogKind.DocumentAttached => Plain("document attached", $"📎 {IssueText.Inline(entry.Message)}{(entry.Reason is { Length: > 0 } reason ? $" (“{IssueText.Inline(reason)}”)" : "")}, {IssueText.Time(entry.At)}."),
        RunLogKind.ApprovalAsked when entry.DataAs<OpenApproval>() is { } open => ("approval asked", new IssueCommentContent(Asked(open), Asks: open.ApprovalId)),
        RunLogKind.ApprovalDecided when entry.DataAs<OpenApproval>() is { } open => ("approval decided", new IssueCommentContent(Decided(open, entry), Settles: open.ApprovalId)),
        _ => null,
    };

    /// <summary>The message of a line; null for most lines.</summary>
    public static ChannelMessage? MessageOf(RunLogEntry entry, ChannelRun run)
    {
        if (Of(entry, run) is not var (summary, content)) return null;
        return new ChannelMessage
        {
            MessageId = IssueTags.MessageIdOf(entry.EntryId),
            RunId = entry.RunId,
            At = entry.At,
            Summary = summary,
            Content = JsonSerializer.SerializeToElement(content, PlaybookJson.Options),
        };
    }

    private static (string, IssueCommentContent) Plain(string summary, string text) => (summary, new IssueCommentContent(text));

    private static string Promoted(RunLogEntry entry, ChannelRun run)
    {
        var stages = StageOrder.Of(run.Input.Playbook);
        var index = stages.ToList().FindIndex(stage => stage.Name == entry.Stage);
        var stage = index < 0 ? null : stages[index];
        var milestone = stage?.Milestone is { } reached ? $"\n\n🏁 Milestone {IssueText.Inline(reached.Id)}{(reached.Title is { } title ? $": {IssueText.Inline(title)}" : "")} is reached." : "";
        var next = index >= 0 && index + 1 < stages.Count ? $"Next: {IssueText.Inline(stages[index + 1].Name)}{(stages[index + 1].Title is { } name ? $", {IssueText.Inline(name)}" : "")}." : "It was the last stage.";
        return $"### ✅ {IssueText.Inline(entry.Stage)} is promoted{milestone}\n\n{next} {IssueText.Time(entry.At)}.";
    }

    private static string Held(RunLogEntry entry, ChannelRun run) =>
        // A rollback that is in trouble writes such a line too; it goes on by itself.
        entry.Message.StartsWith("the way back", StringComparison.Ordinal)
            ? $"### ⚠️ The rollback is blocked\n\n{IssueText.Inline(entry.Message)}\n\n{IssueText.Time(entry.At)}."
            : $"### ⏸️ The rollout holds\n\n{Sentence(entry.Message.TrimEnd('.'))}.\n\n{Choices(run.Status, RunState.Holding)}";

    private static string Asked(OpenApproval open)
    {
        var lines = new List<string>
        {
            $"### 🗳️ {IssueText.Inline(open.Stage)}: {IssueText.Code(open.Name)} is asked",
            "",
            IssueText.Inline(open.Prompt, 2_000),
            "",
            $"- Needed: {IssueLines.Whom(open.Needed, open.Electorate)}",
            $"- Asked: {IssueText.Time(open.AskedAt)}{(open.Deadline is { } deadline ? $"; open until {IssueText.Time(deadline)}" : "; open without a time limit")}",
        };
        if (open.StandsStill is { } still) lines.Add($"- Its time stands still: {IssueText.Inline(still)}");
        lines.AddRange(open.Differences.Select(difference => $"- Changed since it was asked or approved before: {IssueText.Inline(difference)}"));
        lines.AddRange(["", "Tick its box in the issue, or comment `/approve reason` or `/reject reason`. One person counts once, whichever way."]);
        var shown = ShownOf(open);
        if (shown.Count == 0) return string.Join('\n', lines);
        lines.AddRange(["", "**What is decided on**", ""]);
        lines.AddRange(shown.Take(MostLines).Select(line => $"- {IssueText.Inline(line)}"));
        if (shown.Count > MostLines) lines.Add(string.Create(CultureInfo.InvariantCulture, $"- … and {shown.Count - MostLines} more; `rollout status` shows all."));
        return string.Join('\n', lines);
    }

    /// <summary>The decision pack: what people are shown of the question.</summary>
    private static IReadOnlyList<string> ShownOf(OpenApproval open) =>
        open.Shown.Lines.Count > 0 ? open.Shown.Lines : [.. open.Subject.Select(line => $"{line.What}: {line.Value}")];

    private static string Decided(OpenApproval open, RunLogEntry entry)
    {
        var sign = entry.Message.StartsWith($"{open.Name}: approved", StringComparison.Ordinal) ? "✅" : "❌";
        var votes = open.Votes.Select(vote =>
            $"- {IssueText.Inline(vote.Person)}: {(vote.Approves ? "yes" : "no")}, by {IssueText.Inline(vote.Via)}, {IssueText.Time(vote.At)}{(vote.Reason is { Length: > 0 } reason ? $", “{IssueText.Inline(reason)}”" : "")}");
        return string.Join('\n', [$"### {sign} {IssueText.Inline(open.Stage)}: {IssueText.Inline(entry.Message)}", "", .. votes.Take(MostLines), $"\n{IssueText.Time(entry.At)}."]);
    }

    /// <summary>The ways on, where the run still stands there.</summary>
    private static string Choices(RunStatus status, RunState where) => status.State != where || status.Choices.Count == 0 ? "The status comment says how it goes on."
        : string.Join('\n', ["It waits for people:", "", .. status.Choices.Select(choice => $"- **{choice.Verb.ToString().ToLowerInvariant()}** {IssueText.Inline(choice.Does)}")]);

    private static string Sentence(string text) => IssueText.Inline(text) is { Length: > 0 } shown ? char.ToUpperInvariant(shown[0]) + shown[1..] : "";
}
