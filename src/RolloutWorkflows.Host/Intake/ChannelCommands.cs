using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Seals what people say in channels, whose identity a trigger has verified, and hands it to the run.</summary>
internal sealed class ChannelCommands(CommandSender sender, RunReader reader, IRunLog log, IRunNews news, TimeProvider time) : IChannelCommands
{
    public async Task<ChannelAnswer> SendAsync(ChannelCommand command, CancellationToken cancellation = default)
    {
        try
        {
            return await AskAsync(command, cancellation);
        }
        catch (ProblemException problem)
        {
            return AnswerOf(problem, person: null);
        }
    }

    private async Task<ChannelAnswer> AskAsync(ChannelCommand command, CancellationToken cancellation)
    {
        var instance = await reader.RequireAsync(command.RunId, cancellation);
        var input = instance.ReadInputAs<RolloutInput>()!;
        var run = RunReader.StatusOf(instance);
        if (await AnsweredBeforeAsync(command) is { } before) return AnswerOf(before, command.Identity.PersonIn(input.People));
        if (command.Identity.PersonIn(input.People) is not { } person) return await RefuseAsync(command, run, NotKnown(command.Identity), cancellation);
        if (command.Obstacle is { } obstacle) return await RefuseAsync(command, run, obstacle, cancellation, person);
        try
        {
            return await AskAsync(command, run, person, cancellation);
        }
        catch (ProblemException problem)
        {
            return AnswerOf(problem, person);
        }
    }

    private async Task<ChannelAnswer> AskAsync(ChannelCommand command, RunStatus run, string person, CancellationToken cancellation)
    {
        var reason = WrittenText.Reason(command.Reason);
        var approvalId = command.ApprovalId;
        if (approvalId is null && command.Verb is RunVerb.Approve or RunVerb.Reject)
        {
            var (found, refusal) = Meant(command, person, run.OpenApprovals);
            if (refusal is not null) return await RefuseAsync(command, run, refusal, cancellation, person);
            approvalId = found?.ApprovalId;
        }

        if (RunVerbs.NeedsReason(command.Verb) && string.IsNullOrWhiteSpace(reason))
            return await RefuseAsync(command, run, $"{RunVerbs.Word(command.Verb)} needs a reason", cancellation, person);
        if (command.Verb == RunVerb.Handover && string.IsNullOrWhiteSpace(command.To))
            return await RefuseAsync(command, run, "handover names the person who becomes the owner", cancellation, person);
        var entry = await sender.SendAsync(command.RunId, new RunCommand
        {
            CommandId = command.CommandId,
            Verb = command.Verb,
            Actor = person,
            Via = command.Via,
            Reason = reason,
            ApprovalId = approvalId,
            To = command.To,
            Surface = WrittenText.Reason(command.Surface, "surface"),
            At = time.GetUtcNow(),
        }, command.Patience ?? CommandSender.Patience, cancellation);
        return entry is null
            ? new ChannelAnswer(null, "Taken; the run has not answered yet, its record will show the answer.", person)
            : AnswerOf(entry, person);
    }

    /// <summary>The answer that stands in the record already, since counterparts deliver the same thing several times.</summary>
    private async Task<RunLogEntry?> AnsweredBeforeAsync(ChannelCommand command)
    {
        using var noLonger = new CancellationTokenSource();
        var answer = log.WaitForAnswerAsync(command.CommandId, noLonger.Token);
        if (answer.IsCompletedSuccessfully) return (await answer) is { } entry && entry.RunId == command.RunId ? entry : null;
        await noLonger.CancelAsync();
        return null;
    }

    private static ChannelAnswer AnswerOf(ProblemException problem, string? person) => new(false, $"{problem.Problem.Detail} {problem.Problem.Remedy}".Trim(), person);

    private static ChannelAnswer AnswerOf(RunLogEntry entry, string? person) => new(entry.Kind == RunLogKind.CommandAccepted, entry.Message, person);

    /// <summary>Which question a vote without an id means: one that was open to this person when it was given.</summary>
    private static (OpenApproval? Approval, string? Refusal) Meant(ChannelCommand command, string person, IReadOnlyList<OpenApproval> open)
    {
        var named = command.ApprovalName is { } name ? [.. open.Where(approval => approval.Name == name)] : open;
        var mine = named.Where(approval => approval.Electorate.Count == 0 || approval.Electorate.Contains(person)).ToList();
        var candidates = mine.Count > 0 ? mine : named;
        if (candidates.Count == 0) return (null, open.Count == 0 ? null : $"no open approval is named '{command.ApprovalName}'; open: {Names(open)}");
        var asked = candidates.Where(approval => command.SaidAt >= SpokenTime.SecondOf(approval.AskedAt)).ToList();
        return asked.Count switch
        {
            0 => (null, $"it was said before {Names(candidates)} was asked, so it does not count; say it again"),
            1 => (asked[0], null),
            _ => (null, $"several approvals are open, so name one: {Names(asked)}"),
        };
    }

    private async Task<ChannelAnswer> RefuseAsync(ChannelCommand command, RunStatus run, string why, CancellationToken cancellation, string? person = null)
    {
        var who = person ?? command.Identity.ToString();
        var line = new RunLogEntry
        {
            EntryId = $"refused:{command.CommandId}",
            RunId = command.RunId,
            At = time.GetUtcNow(),
            PlaybookTime = time.GetUtcNow(),
            Kind = RunLogKind.CommandRefused,
            Stage = run.Stage,
            Actor = who,
            Reason = command.Reason is { Length: <= WrittenText.MaximumReason } reason ? reason : null,
            Message = $"{RunVerbs.Word(command.Verb)} by {who} was refused: {why}",
            CommandId = command.CommandId,
            Data = JsonSerializer.SerializeToElement(new { command.Verb, command.Via, command.ApprovalId }, PlaybookJson.Options),
        };
        await log.AppendAsync(line, cancellation);
        await news.TellAsync(line, cancellation);
        return new ChannelAnswer(false, why, person);
    }

    private static string NotKnown(Identity identity) => $"{identity} is none of the people of this run; an operator can add the identity to people.yaml for later runs";

    private static string Names(IEnumerable<OpenApproval> approvals) => string.Join(", ", approvals.Select(approval => approval.Name));
}
