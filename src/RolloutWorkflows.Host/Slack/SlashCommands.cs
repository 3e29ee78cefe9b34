using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary>Answers <c>/rollout</c>: tells how runs stand, and brings commands to them. Thread-safe.</summary>
internal sealed class SlashCommands(SlashRuns runs, SlackCommands commands, RunReader reader)
{
    private const string Help = "help";

    private const string Runs = "runs";

    private static readonly string[] Words = [Help, Runs, .. WrittenCommand.Words];

    /// <summary>What whoever wrote it is shown, and nobody else.</summary>
    /// <exception cref="ProblemException">503: a command was not taken in time.</exception>
    public async Task<JsonObject> AnswerAsync(SlashCall call, DateTimeOffset saidAt, CancellationToken cancellation)
    {
        var written = WrittenCommand.Read(call.Text);
        return written switch
        {
            null or { Word: Help } => Shown(SlashTexts.Help(call.Command)),
            { Word: Runs } => Shown(SlashTexts.Runs(await runs.HeardOfAsync(call, cancellation), call)),
            { Word: WrittenCommand.Status } => Shown(await StatusAsync(call, written.Rest, cancellation)),
            { Verb: { } verb } => Shown(await TellAsync(call, verb, written, saidAt, cancellation)),
            _ => Shown($"`{SlackText.Escape(SlackText.Cut(written.Word, 64))}` is not a command.{(Suggestion.Nearest(written.Word, Words) is { } near ? $" Did you mean `{call.Command} {near}`?" : "")} `{call.Command} help` shows what there is."),
        };
    }

    private async Task<string> StatusAsync(SlashCall call, string text, CancellationToken cancellation)
    {
        var target = await runs.FindAsync(call, text, cancellation);
        if (target.Run is not { } run) return target.Problem!;
        return await runs.MayHearAsync(call, run.RunId, cancellation)
            ? SlashTexts.Status(await reader.ReadAsync(run.RunId, long.MaxValue, cancellation))
            : $"You ({SlackText.Escape(call.Sender.Identity.ToString())}) are none of the people of `{SlackText.Escape(run.RunId)}`, and its thread is in another channel. An operator can add the identity to people.yaml for later runs.";
    }

    private async Task<string> TellAsync(SlashCall call, RunVerb verb, WrittenCommand written, DateTimeOffset saidAt, CancellationToken cancellation)
    {
        var target = await runs.FindAsync(call, written.Rest, cancellation);
        if (target.Run is not { } run) return target.Problem!;
        var (surface, rest) = WrittenSurface.Split(target.Rest);
        string? approvalId = null, approvalName = null, to = null;
        if (verb is RunVerb.Approve or RunVerb.Reject) (approvalId, approvalName, rest) = Question(run, rest);
        else if (verb == RunVerb.Handover) (to, rest) = Person(rest);
        var reason = rest.Length == 0 ? null : rest;
        if ((SlackSubmissions.Flaw(verb, reason) ?? (surface is null ? null : SlackSubmissions.Flaw(verb, surface))) is { } flaw) return $"*Not sent:* {SlackText.Escape(flaw)} Write `{call.Command} {written.Word} {SlackText.Escape(run.RunId)} REASON`.";
        var answer = await commands.SendAsync(new ChannelCommand
        {
            RunId = run.RunId,
            CommandId = $"slack-slash:{call.Sender.Identity.Id}/{call.TriggerId}",
            Verb = verb,
            Identity = call.Sender.Identity,
            Via = "slash",
            Reason = reason,
            ApprovalId = approvalId,
            ApprovalName = approvalName,
            To = to,
            Surface = surface,
            SaidAt = saidAt,
        });
        return $"`{SlackText.Escape(run.RunId)}` {SlackCommands.Shown(answer)}";
    }

    /// <summary>The question that the text begins with, by its name or its id.</summary>
    private static (string? Id, string? Name, string After) Question(RunStatus run, string text)
    {
        var (word, rest) = SlashRuns.Split(text);
        var named = word.Trim('`');
        if (named.StartsWith($"{run.RunId}/", StringComparison.Ordinal)) return (named, null, rest);
        return run.OpenApprovals.Any(open => open.Name == named) ? (null, named, rest) : (null, null, text);
    }

    private static (string? To, string After) Person(string text)
    {
        var (word, rest) = SlashRuns.Split(text);
        return (word.TrimStart('@') is { Length: > 0 } person ? person : null, rest);
    }

    private static JsonObject Shown(string markup) => new()
    {
        ["response_type"] = "ephemeral",
        ["text"] = SlackText.Cut(markup, SlackBlocks.MaximumSection),
        ["blocks"] = SlackBlocks.Message(SlackBlocks.Section(markup)),
    };
}
