using System.Text.Json.Nodes;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>A question's message: while it is open, and once it has ended. Pure.</summary>
internal static class SlackApprovalText
{
    private const int MostLines = 60;

    /// <summary>The question with its decision pack and its buttons.</summary>
    public static JsonArray Open(OpenApproval open, SlackPeople people)
    {
        var button = new SlackButton(Run(open), open.ApprovalId).ToValue();
        return SlackBlocks.Message(
        [
            SlackBlocks.Section($":ballot_box_with_ballot: *{Subject(open)} is asked*\n{SlackText.Escape(open.Prompt)}"),
            .. Differences(open),
            .. Paragraphs([.. Shown(open)]),
            SlackBlocks.Section(Count(open, people)),
            .. Deadline(open),
            SlackBlocks.Actions(
                "rollout.approval",
                SlackBlocks.Button(SlackButton.Approve, "Approve", button, "primary"),
                SlackBlocks.Button(SlackButton.Reject, "Reject", button, "danger"),
                SlackBlocks.Button(SlackButton.Hold, "Hold", button),
                SlackBlocks.Button(SlackButton.Rollback, "Roll back", button)),
        ]);
    }

    /// <summary>How it ended: by whom, when, by which way, why. Nothing can be clicked any more.</summary>
    public static JsonArray Closed(OpenApproval open, SlackClosing closing) => SlackBlocks.Message(
    [
        SlackBlocks.Section($"*{Subject(open)}*: {closing.Outcome}{(closing.At is { } at ? $", {SlackText.Date(at)}" : "")}\n{SlackText.Escape(open.Prompt)}"),
        .. Paragraphs([.. open.Votes.Select(Vote)]),
        .. Paragraphs([.. Shown(open)]),
    ]);

    /// <summary>The question in one line.</summary>
    public static string Summary(OpenApproval open) => SlackText.Cut($"{Subject(open)}: {SlackText.Escape(open.Prompt)}", 300);

    /// <summary>The votes so far, from the real votes: <c>1 of 2: bob</c>.</summary>
    public static string Count(OpenApproval open, SlackPeople people)
    {
        var (yes, no) = (open.Votes.Where(vote => vote.Approves).ToList(), open.Votes.Where(vote => !vote.Approves).ToList());
        var count = FormattableString.Invariant($"*{yes.Count} of {open.Needed}*{(yes.Count > 0 ? ": " : "")}{Names(yes)}{(no.Count > 0 ? $"; against: {Names(no)}" : "")}");
        var missing = open.Electorate.Where(person => open.Votes.All(vote => vote.Person != person)).ToList();
        return missing.Count > 0 ? $"{count}\nAsked: {people.Mentions(missing)}" : open.Electorate.Count == 0 ? $"{count}\nAsked: anyone of the run's people" : count;
    }

    private static string Subject(OpenApproval open) => $"{SlackText.Escape(open.Stage)}, {SlackText.Escape(open.Name)}";

    private static string Names(IEnumerable<Vote> votes) => string.Join(", ", votes.Select(vote => SlackText.Escape(vote.Person)));

    private static string Vote(Vote vote) =>
        $"• {SlackText.Escape(vote.Person)}: {(vote.Approves ? "yes" : "no")}, by {SlackText.Escape(vote.Via)}, {SlackText.Date(vote.At)}{(vote.Reason is { Length: > 0 } reason ? $": “{SlackText.Escape(reason)}”" : "")}";

    private static IEnumerable<string> Shown(OpenApproval open)
    {
        var lines = open.Shown.Lines.Select(line => $"• {SlackText.Escape(line)}").ToList();
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), FormattableString.Invariant($"… and {lines.Count - MostLines} more; `rollout status` shows all.")];
    }

    private static IEnumerable<JsonObject> Differences(OpenApproval open) => open.Differences.Count == 0 ? []
        : Paragraphs(["*Changed since it was asked or approved before:*", .. open.Differences.Select(difference => $"• {SlackText.Escape(difference)}")]);

    private static IEnumerable<JsonObject> Deadline(OpenApproval open)
    {
        if (open.Deadline is { } deadline)
        {
            var then = open.OnTimeout switch { ApprovalFallback.Reject => "; then it counts as rejected", ApprovalFallback.Rollback => "; then the run rolls back", ApprovalFallback.Hold => "; then the run holds", _ => "" };
            yield return SlackBlocks.Context($"Open until {SlackText.Date(deadline)}{then}.");
        }


        if (open.StandsStill is { } still) yield return SlackBlocks.Context($"Its time stands still: {SlackText.Escape(still)}.");
    }

    /// <summary>Lines in as few sections as hold them.</summary>
    public static IEnumerable<JsonObject> Paragraphs(IReadOnlyList<string> lines)
    {
        var part = new List<string>();
        foreach (var line in lines.Select(line => SlackText.Cut(line, SlackBlocks.MaximumSection)))
        {
            if (part.Sum(known => known.Length + 1) + line.Length > SlackBlocks.MaximumSection)
            {
                yield return SlackBlocks.Section(string.Join('\n', part));
                part.Clear();
            }

            part.Add(line);
        }

        if (part.Count > 0) yield return SlackBlocks.Section(string.Join('\n', part));
    }

    /// <summary>An approval's id begins with its run's.</summary>
    private static string Run(OpenApproval open) => open.ApprovalId.Split('/')[0];
}
