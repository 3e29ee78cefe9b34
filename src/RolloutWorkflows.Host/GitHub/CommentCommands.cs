using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Carries out a command of a comment and has it answered there. Thread-safe.</summary>
internal sealed class CommentCommands(IssueRuns runs, IChannelCommands commands, IRunLog log, TimeProvider time)
{
    /// <summary>How long the run's answer is waited for, so that GitHub hears ours in time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>What stops a rollout counts however late, and on a closed issue too.</summary>
    private static readonly HashSet<RunVerb> Stopping = [RunVerb.Hold, RunVerb.Rollback, RunVerb.Abort];

    /// <summary>What lets a rollout go on from where it stands; said while it stood elsewhere, it meant something else.</summary>
    private static readonly HashSet<RunVerb> GoingOn = [RunVerb.Resume, RunVerb.Retry, RunVerb.Promote, RunVerb.Ignore, RunVerb.Override];

    /// <summary>The answer, in a sentence.</summary>
    public async Task<string> CarryOutAsync(SpokenComment comment, WrittenCommand written, IssueRun run)
    {
        if (written.Verb is not { } verb) return await TellAsync(comment, run);
        var said = await WithObstacleAsync(CommandOf(comment, written, verb, run), comment, run);
        var answer = await commands.SendAsync(said);
        await runs.TellAsync(run.RunId, [.. IssueAnswers.ToComment(run.RunId, comment.Id, answer.Accepted, answer.Message, answer.Person is null ? said.Identity.ToString() : null, time.GetUtcNow())]);
        return answer.Message;
    }

    private async Task<ChannelCommand> WithObstacleAsync(ChannelCommand said, SpokenComment comment, IssueRun run) =>
        KeyText.IsIn(comment.Body)
            ? said with { Reason = null, To = null, Obstacle = "the comment holds a key of this server, which everybody can read there now: revoke it (rollout keys revoke ID) and write the command without it" }
            : said with { Obstacle = await ObstacleAsync(comment, said.Verb, run) };

    /// <summary>What the run itself cannot know.</summary>
    private async Task<string?> ObstacleAsync(SpokenComment comment, RunVerb verb, IssueRun run)
    {
        if (comment.CreatedAt < SpokenTime.SecondOf(run.Status.StartedAt)) return $"it was written before {run.RunId} began";
        if (!comment.IssueIsOpen && !Stopping.Contains(verb)) return "the issue is closed; open it again and repeat the command, or use another way";
        return GoingOn.Contains(verb) && await MovedOnAsync(run.RunId, comment) ? "the run has moved on since it was written; look where it stands and write it again" : null;
    }

    /// <summary>Whether the run went another way after the comment was written.</summary>
    private async Task<bool> MovedOnAsync(string runId, SpokenComment comment)
    {
        var position = 0L;
        while (await log.ReadAsync(runId, position) is { Entries.Count: > 0 } page)
        {
            if (page.Entries.Any(entry => entry.Kind is RunLogKind.Held or RunLogKind.Resumed or RunLogKind.RollbackStarted or RunLogKind.RollbackFinished or RunLogKind.StagePromoted && SpokenTime.SecondOf(entry.At) > comment.CreatedAt)) return true;
            position = page.Position;
        }

        return false;
    }

    private async Task<string> TellAsync(SpokenComment comment, IssueRun run)
    {
        var identity = Identity.GitHub(comment.Author!.Id, comment.Author.Login);
        if (identity.PersonIn(run.Input.People) is null)
        {
            await runs.TellAsync(run.RunId, [.. IssueAnswers.ToComment(run.RunId, comment.Id, false, $"{identity} is none of the people of this run", identity.ToString(), time.GetUtcNow())]);
            return $"{identity} is none of the people of this run.";
        }

        await runs.TellAsync(run.RunId, [.. IssueAnswers.Telling(run.RunId, comment.Id, WhereItStands.Text(run.Status), time.GetUtcNow())]);
        return "Told where it stands.";
    }

    private static ChannelCommand CommandOf(SpokenComment comment, WrittenCommand written, RunVerb verb, IssueRun run)
    {
        var (surface, rest) = WrittenSurface.Split(written.Rest);
        var (first, after) = FirstWord(rest);
        var named = verb is RunVerb.Approve or RunVerb.Reject && run.Status.OpenApprovals.Any(approval => approval.Name == first);
        var to = verb == RunVerb.Handover && first.Length > 0;
        var reason = named || to ? after : rest;
        return new ChannelCommand
        {
            RunId = run.RunId,
            CommandId = IssueCommands.OfComment(comment.Id),
            Verb = verb,
            Identity = Identity.GitHub(comment.Author!.Id, comment.Author.Login),
            Via = "comment",
            Reason = reason.Length == 0 ? null : reason,
            ApprovalName = named ? first : null,
            To = to ? first.TrimStart('@') : null,
            Surface = surface,
            SaidAt = comment.CreatedAt,
            Patience = Patience,
        };
    }

    private static (string First, string After) FirstWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }
}
