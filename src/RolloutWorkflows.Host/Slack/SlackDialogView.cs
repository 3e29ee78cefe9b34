using System.Globalization;
using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The dialog that a click opens: what exactly would be said to which run, what it would do, and a field for the reason. Pure.</summary>
internal static class SlackDialogView
{
    /// <summary>Lines of what is approved, or would be undone, before the rest is left out.</summary>
    private const int MaximumLines = 40;

    /// <summary>Characters of one line.</summary>
    private const int MaximumLine = 500;

    private const int MaximumTitle = 24;

    /// <param name="dialog">What it is opened for.</param>
    /// <param name="run">Where the run stands.</param>
    /// <param name="approval">The open question that it answers; null: none.</param>
    /// <param name="rollback">For a rollback: what it would do, where that could be told in time.</param>
    public static JsonObject Of(SlackDialog dialog, RunStatus run, OpenApproval? approval, RollbackPreviewAnswer? rollback)
    {
        var word = dialog.Verb == RunVerb.Rollback ? "Roll back" : dialog.Verb.ToString();
        return new JsonObject
        {
            ["type"] = "modal",
            ["callback_id"] = SlackDialog.CallbackId,
            ["private_metadata"] = dialog.ToMetadata(),
            ["title"] = SlackBlocks.PlainText(word, MaximumTitle),
            ["submit"] = SlackBlocks.PlainText(word, MaximumTitle),
            ["close"] = SlackBlocks.PlainText("Cancel", MaximumTitle),
            ["blocks"] = new JsonArray([.. Blocks(dialog, run, approval, rollback), Reason(dialog.Verb)]),
        };
    }

    private static IEnumerable<JsonObject> Blocks(SlackDialog dialog, RunStatus run, OpenApproval? approval, RollbackPreviewAnswer? rollback)
    {
        yield return SlackBlocks.Section($"*{SlackText.Escape(run.Title ?? run.Playbook)}*\n`{SlackText.Escape(run.RunId)}` is {run.State}: {Line(run.Because)}");
        if (approval is not null)
        {
            yield return SlackBlocks.Section($"*{SlackText.Escape(approval.Name)}* of stage *{SlackText.Escape(approval.Stage)}*: {Line(approval.Prompt)}");
            foreach (var block in Lines("Asked again, since", approval.Differences.Select(Line))) yield return block;
            foreach (var block in Lines("What is approved", approval.Shown.Lines.Select(Line))) yield return block;
            yield return SlackBlocks.Context(Standing(approval));
            yield return SlackBlocks.Context($"`{SlackText.Escape(approval.ApprovalId)}`");
        }
        else if (dialog.Verb is RunVerb.Approve or RunVerb.Reject)
        {
            foreach (var block in Lines("Open questions", run.OpenApprovals.Select(open => $"{Line(open.Name)}: {Line(open.Prompt)}"))) yield return block;
        }

        if (dialog.Verb == RunVerb.Hold) yield return SlackBlocks.Section("The run stops where it stands until somebody lets it go on. What it set stays; guardrails and automatic rollback go on.");
        if (dialog.Verb != RunVerb.Rollback) yield break;
        foreach (var block in Undone(run, rollback)) yield return block;
    }

    private static IEnumerable<JsonObject> Undone(RunStatus run, RollbackPreviewAnswer? rollback)
    {
        if (rollback is null) return [SlackBlocks.Section($"What the run set is undone, newest first. `rollout rollback {SlackText.Escape(run.RunId)} --dry-run` shows each change.")];
        var to = $"Goes back to {SlackText.Escape(rollback.To)}";
        return rollback.Effects.Count == 0 ? [SlackBlocks.Section($"*{to}*; nothing has been set yet.")] : Lines($"{to}, newest first", rollback.Effects.Select(effect =>
            $"{Line(effect.Target)}: {(effect is { From: { } from, To: { } prior } ? $"{Line(from)} → {Line(prior)}" : Line(effect.Message))}"));
    }

    private static string Standing(OpenApproval approval)
    {
        var approving = approval.Votes.Count(vote => vote.Approves);
        var asked = approval.Electorate.Count == 0 ? "anyone" : string.Join(", ", approval.Electorate.Select(SlackText.Escape));
        var until = approval.Deadline is { } deadline ? $", until {SlackText.Date(deadline)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{approving} of {approval.Needed} have approved; asked: {asked}{until}");
    }

    /// <summary>Lines under a heading, as many to a block as it takes; nothing where there are none.</summary>
    private static IEnumerable<JsonObject> Lines(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0) yield break;
        var text = $"*{heading}*";
        foreach (var line in all.Take(MaximumLines).Select(line => $"• {line}"))
        {
            if (text.Length + line.Length + 1 > SlackBlocks.MaximumSection)
            {
                yield return SlackBlocks.Section(text);
                text = line;
            }
            else
            {
                text += $"\n{line}";
            }
        }

        yield return SlackBlocks.Section(text);
        if (all.Count > MaximumLines) yield return SlackBlocks.Context($"… and {all.Count - MaximumLines} more; `rollout status` shows all");
    }

    private static string Line(string text) => SlackText.Cut(SlackText.Escape(text), MaximumLine);

    private static JsonObject Reason(RunVerb verb) => new()
    {
        ["type"] = "input",
        ["block_id"] = SlackDialog.ReasonId,
        ["optional"] = !SlackDialog.NeedsReason(verb),
        ["label"] = SlackBlocks.PlainText("Reason", MaximumTitle),
        ["hint"] = SlackBlocks.PlainText("Stands in the run's record with your name.", 150),
        ["element"] = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = SlackDialog.ReasonId, ["multiline"] = true, ["max_length"] = WrittenText.MaximumReason },
    };
}
