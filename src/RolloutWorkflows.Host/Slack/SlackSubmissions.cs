using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Takes dialogs that people sent off: checks what they wrote while they can mend it, and hands it to the run. Thread-safe.</summary>
internal sealed class SlackSubmissions(SlackCommands commands, SlackReplies replies, SlackBehind behind, TimeProvider time)
{
    private readonly RecentIds told = new(time);

    /// <summary>What the dialog shall do: null closes it; otherwise it says what to mend.</summary>
    /// <exception cref="ProblemException">503: not taken in time.</exception>
    public async Task<JsonObject?> TakeAsync(SlackSubmission submission, DateTimeOffset saidAt)
    {
        var dialog = submission.Dialog;
        if (Flaw(dialog.Verb, submission.Reason) is { } flaw) return Mend(flaw);
        // One dialog is one answer, however often it arrives.
        var id = $"slack-click:{submission.Sender.Identity.Id}/{submission.ViewId}";
        var answer = await commands.SendAsync(new ChannelCommand
        {
            RunId = dialog.RunId,
            CommandId = id,
            Verb = dialog.Verb,
            Identity = submission.Sender.Identity,
            Via = "slack",
            Reason = submission.Reason,
            ApprovalId = dialog.ApprovalId,
            SaidAt = saidAt,
        });
        if (told.Add(id)) behind.Do("Telling what became of a dialog", cancellation => replies.TellAsync(submission.Sender, dialog.Place, SlackCommands.Shown(answer), cancellation));
        return null;
    }

    /// <summary>What the person can mend in what they wrote; null: nothing.</summary>
    public static string? Flaw(RunVerb verb, string? reason)
    {
        if (reason is null) return SlackDialog.NeedsReason(verb) ? "Say why: it stands in the record, and others read it." : null;
        if (KeyText.IsIn(reason)) return "This holds a key of the server, and reasons are recorded. Take it out, and revoke the key.";
        try
        {
            WrittenText.Reason(reason);
            return null;
        }
        catch (ProblemException problem)
        {
            return $"{problem.Problem.Detail} {problem.Problem.Remedy}";
        }
    }

    private static JsonObject Mend(string flaw) => new() { ["response_action"] = "errors", ["errors"] = new JsonObject { [SlackDialog.ReasonId] = flaw } };
}
