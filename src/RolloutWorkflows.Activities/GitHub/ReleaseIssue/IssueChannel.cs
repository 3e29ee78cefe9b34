using System.Collections.Concurrent;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Shows runs in GitHub issues: the checklist in the body, the present state in one comment, and a comment for what people must notice.</summary>
internal sealed class IssueChannel(
    IGitHub gitHub, IssueFinder finder, IssueComments comments, IssueBodyKeeper bodies, IssueEffects effects, ICommentCatchUp heard, IRunLog record, IRunViews views, TimeProvider time) : IChannel
{
    /// <summary>An issue is read and edited no more often than this, unless a stage waits for it.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long after an answer was lost until GitHub's lists surely show what was done.</summary>
    private static readonly TimeSpan AfterALostAnswer = TimeSpan.FromSeconds(15);

    private const int LinesAtOnce = 1000;

    private readonly ConcurrentDictionary<string, IssueRecord> records = new(StringComparer.Ordinal);

    public string Name => "releaseIssue";

    public bool Shows(Playbook playbook) => playbook.Channels.ReleaseIssue is not null && gitHub.IsConnected;

    public IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run) =>
        [.. IssueAnswers.MessagesOf(entry, run), .. IssueCommentText.MessageOf(entry, run) is { } message ? [message] : Array.Empty<ChannelMessage>()];

    public Task<Delivery> DeliverAsync(ChannelMessage message, ChannelRun run, CancellationToken cancellation) => AttemptAsync(run, async memory =>
    {
        var place = await finder.FindAsync(await ViewAsync(run, memory, cancellation), memory, cancellation);
        if (IssueReactionContent.Of(message) is { } reaction)
        {
            await gitHub.ReactAsync(place.Repository, reaction.ReactTo, reaction.Reaction, cancellation);
            return Delivery.Done();
        }

        var content = message.Content.Deserialize<IssueCommentContent>(PlaybookJson.Options)!;
        // A question's comment is found again by its question, since it is told there how it was decided.
        var key = content.Asks is { } asked ? IssueMemory.QuestionKey(asked) : IssueMemory.MessageKey(message.MessageId);
        if (content.Asks is not null)
        {
            var comment = await comments.KeepAsync(place, memory.Kept, key, IssueTags.Message(IssueTags.MessageIdOf(content.Asks)), content.Text, message.At, cancellation);
            return Delivery.Done(comment.Url);
        }

        var address = await comments.PostAsync(place, memory.Kept, key, IssueTags.Message(message.MessageId), content.Text, message.At, cancellation);
        if (content.Settles is { } settled) await comments.HeadAsync(place, memory.Kept, IssueMemory.QuestionKey(settled), "> This was decided; see below.", cancellation);
        return Delivery.Done(address);
    });

    public Task<Delivery> RefreshAsync(ChannelRun run, CancellationToken cancellation) => AttemptAsync(run, async memory =>
    {
        if (!run.IsAwaited && await memory.RefreshedAtAsync(cancellation) + RefreshEvery is { } next && next > run.Now) return Delivery.Nothing with { After = next - run.Now };
        var view = await ViewAsync(run, memory, cancellation);
        var place = await finder.FindAsync(view, memory, cancellation);
        await memory.RefreshedAsync(run.Now, cancellation);
        await heard.TakeUpAsync(run.RunId, place, cancellation);
        view = view with { StatusAddress = await KeepStatusAsync(place, view, memory, cancellation) };
        await bodies.KeepAsync(place, view, () => LookAgainAsync(run, memory, cancellation), memory, cancellation);
        if (view.Status.EndedAt is not null) records.TryRemove(run.RunId, out _);
        return Delivery.Done(place.ToString());
    });

    /// <summary>Edits the status comment where it says something else than before. Returns its address.</summary>
    private async Task<string?> KeepStatusAsync(IssuePlace place, IssueView view, IssueMemory memory, CancellationToken cancellation)
    {
        var text = IssueStatusText.Render(view);
        if (await memory.GetAsync(IssueMemory.StatusText, cancellation) == text) return view.StatusAddress;
        var comment = await comments.KeepAsync(
            place, memory.Kept, IssueMemory.Status, IssueTags.Status(view.RunId), IssueStatusText.Dated(text, view.Now), view.Status.StartedAt, cancellation);
        await memory.SetAsync(IssueMemory.StatusText, text, cancellation);
        await memory.SetAsync(IssueMemory.StatusAddress, comment.Url, cancellation);
        return comment.Url;
    }

    private async Task<IssueView> LookAgainAsync(ChannelRun run, IssueMemory memory, CancellationToken cancellation)
    {
        var view = await views.OfAsync(run.RunId, cancellation);
        return await ViewAsync(view is null ? run : run with { Status = view.Status, Soak = view.Soak, Now = time.GetUtcNow() }, memory, cancellation);
    }

    private async Task<IssueView> ViewAsync(ChannelRun run, IssueMemory memory, CancellationToken cancellation) => new()
    {
        Input = run.Input,
        Status = run.Status,
        Soak = run.Soak,
        Record = await RecordAsync(run.RunId, cancellation),
        InForce = await effects.InForceAsync(run.RunId, cancellation),
        StatusAddress = await memory.GetAsync(IssueMemory.StatusAddress, cancellation),
        Now = run.Now,
    };

    /// <summary>What the record tells, read on from where it was read before. After a restart it is read from its beginning.</summary>
    private async Task<IssueRecord> RecordAsync(string runId, CancellationToken cancellation)
    {
        var known = records.GetOrAdd(runId, _ => new IssueRecord());
        while (await record.ReadAsync(runId, known.Position, LinesAtOnce, cancellation) is { Entries.Count: > 0 } page) known.Take(page);
        return known;
    }

    /// <summary>What GitHub or the issue has against it, as the outbox takes it.</summary>
    private static async Task<Delivery> AttemptAsync(ChannelRun run, Func<IssueMemory, Task<Delivery>> attempt)
    {
        var memory = new IssueMemory(run.Memory);
        try
        {
            return await attempt(memory);
        }
        catch (IssueUnusableException unusable)
        {
            return Delivery.Refused(unusable.Message);
        }
        catch (GitHubException failed)
        {
            var where = await memory.PlaceAsync(CancellationToken.None) is { } place ? place.ToString() : run.Input.Playbook.Channels.ReleaseIssue!.Repository;
            return DeliveryOf(failed, where);
        }
    }

    private static Delivery DeliveryOf(GitHubException failed, string where) => failed.Kind switch
    {
        GitHubFailure.RateLimited or GitHubFailure.Unavailable or GitHubFailure.NotConnected or GitHubFailure.Conflict =>
            Delivery.Later($"{where}: {failed.Message}", Longer(failed.RetryAfter, failed.NotDone ? TimeSpan.Zero : AfterALostAnswer)),
        // Whoever renews the token needs to do nothing else.
        GitHubFailure.Unauthorized => Delivery.Later($"{where}: {failed.Message} Give this server a token or key that GitHub accepts.", failed.RetryAfter),
        GitHubFailure.NotFound or GitHubFailure.Gone => Delivery.Refused($"{where} is gone or hidden from this server's account: {failed.Message} Restore it or give the account access, then let the parked messages be tried again."),
        GitHubFailure.Forbidden => Delivery.Refused($"{where} may not be written: {failed.Message} Give this server's account write access to issues there, or unlock the issue, then let the parked messages be tried again."),
        _ => Delivery.Refused($"{where}: {failed.Message}"),
    };

    private static TimeSpan? Longer(TimeSpan? asked, TimeSpan own) => asked > own ? asked : own > TimeSpan.Zero ? own : asked;
}
