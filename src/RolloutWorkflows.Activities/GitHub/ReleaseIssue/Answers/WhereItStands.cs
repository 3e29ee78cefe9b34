using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Says in a comment where a run stands. Pure.</summary>
public static class WhereItStands
{
    public static string Text(RunStatus run)
    {
        var lines = new List<string>
        {
            $"**{IssueText.Inline(run.RunId)}** is *{run.State}*{(run.Stage is { } stage ? $" in {IssueText.Inline(stage)}" : "")}: {IssueText.Inline(run.Because, 2_000)}.",
            "",
        };
        lines.AddRange(run.OpenApprovals.Select(Waiting));
        lines.AddRange(run.Choices.Select(choice => $"- `/{RunVerbs.Word(choice.Verb)}` {IssueText.Inline(choice.Does)}"));
        lines.Add($"- It accepts {string.Join(", ", run.Accepts.Select(verb => $"`/{RunVerbs.Word(verb)}`"))}.");
        return string.Join('\n', lines);
    }

    private static string Waiting(OpenApproval open)
    {
        var yes = open.Votes.Where(vote => vote.Approves).Select(vote => vote.Person).ToList();
        var waits = open.Electorate.Except(open.Votes.Select(vote => vote.Person), StringComparer.Ordinal).ToList();
        return $"- `{IssueText.OneLine(open.Name, 100).Replace('`', '\'')}` needs {open.Needed}: {(yes.Count == 0 ? "nobody has approved yet" : $"approved by {IssueText.Inline(string.Join(", ", yes))}")}{(waits.Count == 0 ? "" : $"; not heard: {IssueText.Inline(string.Join(", ", waits))}")}.";
    }
}
