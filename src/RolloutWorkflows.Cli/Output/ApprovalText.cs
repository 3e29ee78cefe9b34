using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>An open question in plain text: what is asked, what it is decided by, who has answered, until when, and the command that answers.</summary>
internal static class ApprovalText
{
    public static void Write(TextWriter writer, OpenApproval approval)
    {
        writer.WriteLine($"Asks: {approval.Prompt}");
        WriteShown(writer, approval);
        writer.WriteLine($"  {approval.Votes.Count(vote => vote.Approves)} of {approval.Needed} approvals; who may answer: {string.Join(", ", approval.Electorate)}" + (approval.Deadline is { } deadline ? $"; until {Spans.Moment(deadline)}" : ""));
        foreach (var vote in approval.Votes) writer.WriteLine($"  {vote.Person} {(vote.Approves ? "approves" : "rejects")} ({vote.Via}, {Spans.Moment(vote.At)}){(vote.Reason is { Length: > 0 } reason ? $": {reason}" : "")}");
        if (approval.Deadline is not null) writer.WriteLine($"  If nobody decides: {Consequence(approval)}.{Escalation(approval)}");
        if (approval.StandsStill is { } why) writer.WriteLine($"  Its time stands still: {why}.");
        writer.WriteLine($"  rollout approve --approval {approval.ApprovalId}");
    }

    /// <summary>What everybody is shown who is asked.</summary>
    public static void WriteShown(TextWriter writer, OpenApproval approval)
    {
        foreach (var line in approval.Shown.Lines) writer.WriteLine($"  {Printable.Line(line)}");
    }

    private static string Consequence(OpenApproval approval) => approval.OnTimeout switch
    {
        ApprovalFallback.Rollback => "the run rolls back",
        ApprovalFallback.Reject => "it counts as rejected",
        _ => "the run holds",
    };

    private static string Escalation(OpenApproval approval)
    {
        if (approval.EscalatesTo.Count == 0) return "";
        var whom = string.Join(", ", approval.EscalatesTo);
        return approval.EscalatedAt is { } at ? $" {whom} was told at {Spans.Moment(at)}."
            : approval.RemindsAt.Count > 0 ? $" {whom} will be told at {Spans.Moment(approval.RemindsAt[^1])}."
            : "";
    }
}
