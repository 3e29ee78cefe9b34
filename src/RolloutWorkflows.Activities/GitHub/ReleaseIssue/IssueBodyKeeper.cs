using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Brings the run's block in an issue's body to the present state. It is written only when a box must change, or when
/// somebody changed it, since GitHub replaces the whole body whoever else edits it at that moment: so the body is read again
/// right before, and its history right after, where an edit that came between is taken up. Thread-safe.
/// </summary>
internal sealed class IssueBodyKeeper(IGitHub gitHub, IssueFinder finder, IssueComments comments, ITickCatchUp catchUp)
{
    private const int Tries = 4;

    /// <summary>Keeps the block.</summary>
    /// <param name="place">The issue.</param>
    /// <param name="view">The run as it stands now.</param>
    /// <param name="again">Looks at the run once more, after people's ticks were taken up.</param>
    /// <param name="memory">What is remembered of it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task KeepAsync(IssuePlace place, IssueView view, Func<Task<IssueView>> again, IssueMemory memory, CancellationToken cancellation)
    {
        var issue = await finder.ReadAsync(place, cancellation);
        var (written, attempted) = await WrittenAsync(view, issue.Body, memory, cancellation);
        // What people have written: the body that stands there, or one that our own edit replaced before we had seen it.
        var text = issue.Body;
        for (var tries = 1; ; tries++)
        {
            var ticks = TicksIn(view, written, attempted, text);
            if (ticks.FindAll(IsAnswer) is { Count: > 0 } answers)
            {
                await TakeUpAsync(place, view, issue with { Body = text }, written ?? "", answers, memory, cancellation);
                view = await again();
            }

            if (!await MustBeWrittenAsync(view, text, memory, cancellation)) return;
            if (ticks.FindAll(tick => !tick.Box.IsForPeople) is { Count: > 0 } machines) await ExplainAsync(place, view, machines, memory, cancellation);
            var body = IssueBody.Merge(view.RunId, text, room => IssueBlockText.Render(view, room));
            var before = issue;
            if (body != before.Body)
            {
                issue = await finder.ReadAsync(place, cancellation);
                if (issue.Body != before.Body && tries < Tries)
                {
                    text = issue.Body;
                    continue;
                }

                // Before it is sent: where the answer is lost, what stands there is known as our own.
                await memory.SetAsync(IssueMemory.Attempted, attempted = IssueBody.BlockOf(view.RunId, body) ?? "", cancellation);
                issue = await gitHub.UpdateIssueAsync(place.Repository, place.Number, new GitHubIssueChange { Body = body }, cancellation);
            }

            await RememberAsync(view, issue.Body, memory, cancellation);
            if (body == before.Body || tries == Tries || await OverwrittenAsync(place, before.Body, body, cancellation) is not { } lost) return;
            text = lost;
        }
    }

    /// <summary>The block that we wrote last as far as we heard, and the one that we tried to write last, which stands there where only the answer was lost.</summary>
    private static async Task<(string? Written, string? Attempted)> WrittenAsync(IssueView view, string body, IssueMemory memory, CancellationToken cancellation)
    {
        var written = await memory.GetAsync(IssueMemory.Block, cancellation);
        var attempted = await memory.GetAsync(IssueMemory.Attempted, cancellation);
        if (string.IsNullOrEmpty(attempted) || attempted == written || attempted != IssueBody.BlockOf(view.RunId, body)) return (written, attempted);
        await memory.SetAsync(IssueMemory.Block, attempted, cancellation);
        return (attempted, attempted);
    }

    /// <summary>What was ticked and unticked since we wrote the block last, by anybody but us.</summary>
    private static List<IssueTick> TicksIn(IssueView view, string? written, string? attempted, string text)
    {
        // Where it is not remembered, what we wrote is made again: the machine's boxes may have changed since, people's answers may not.
        var ticks = IssueBody.Differences(view.RunId, written ?? IssueBlockText.Render(view, IssueDetail.Full), text).ToList();
        if (written is null) ticks.RemoveAll(tick => !IsAnswer(tick));
        var own = IssueBody.Parse(view.RunId, attempted);
        ticks.RemoveAll(tick => own.TryGetValue(tick.Box, out var ticked) && ticked == tick.Ticked);
        return ticks;
    }

    private static bool IsAnswer(IssueTick tick) => tick is { Ticked: true, Box.IsForPeople: true };

    /// <summary>Whether the block there is not the one that we wrote, or says something else than it should.</summary>
    private static async Task<bool> MustBeWrittenAsync(IssueView view, string text, IssueMemory memory, CancellationToken cancellation) =>
        IssueBlocks.Find(view.RunId, text).Count != 1
        || IssueBody.BlockOf(view.RunId, text) != await memory.GetAsync(IssueMemory.Block, cancellation)
        || SignatureOf(view) != await memory.GetAsync(IssueMemory.Signature, cancellation);

    private async Task TakeUpAsync(IssuePlace place, IssueView view, GitHubIssue issue, string written, List<IssueTick> ticks, IssueMemory memory, CancellationToken cancellation)
    {
        var left = await catchUp.TakeUpAsync(new FoundTicks
        {
            RunId = view.RunId,
            Repository = place.Repository,
            Issue = place.Number,
            Ticks = ticks,
            Written = written,
            Body = issue.Body,
            UpdatedAt = issue.UpdatedAt,
        }, cancellation);
        // Known from now on: they are not asked for again where the next try reads the same body.
        await memory.SetAsync(IssueMemory.Block, IssueBody.BlockOf(view.RunId, issue.Body)!, cancellation);
        await memory.SetAsync(IssueMemory.Signature, "", cancellation);
        if (left.Count == 0) return;
        var id = $"ask-again-{view.RunId}-{Digest($"{issue.UpdatedAt:O}{string.Join(' ', left.Select(tick => tick.Box))}")[..12]}";
        var text = $"### ↩️ Please tick again\n\nNobody can be named for the tick of {Names(left)}, so it does not count and was taken back. Tick it again, or comment `/approve reason`.";
        await comments.PostAsync(place, memory.Kept, IssueMemory.MessageKey(id), IssueTags.Message(id), text, issue.UpdatedAt, cancellation);
    }

    private async Task ExplainAsync(IssuePlace place, IssueView view, List<IssueTick> ticks, IssueMemory memory, CancellationToken cancellation)
    {
        var id = $"put-back-{view.RunId}";
        var text = $"### ↩️ These boxes tick themselves\n\n{Names(ticks)}: the rollout ticks that when it is so, and has put it back. Nothing else has changed. People's boxes have a 👤; what else you can say: `/status`.";
        await comments.KeepAsync(place, memory.Kept, IssueMemory.MessageKey(id), IssueTags.Message(id), text, view.Status.StartedAt, cancellation);
    }

    private static async Task RememberAsync(IssueView view, string body, IssueMemory memory, CancellationToken cancellation)
    {
        await memory.SetAsync(IssueMemory.Block, IssueBody.BlockOf(view.RunId, body) ?? "", cancellation);
        await memory.SetAsync(IssueMemory.Signature, SignatureOf(view), cancellation);
    }

    /// <summary>The text that somebody wrote between our last look and our own edit, which replaced it; null: none, or GitHub does not say.</summary>
    private async Task<string?> OverwrittenAsync(IssuePlace place, string read, string written, CancellationToken cancellation)
    {
        IReadOnlyList<GitHubBodyEdit> edits;
        try
        {
            edits = await gitHub.ListBodyEditsAsync(place.Repository, place.Number, cancellation);
        }
        catch (GitHubException)
        {
            // A second look; without it a window of less than a second stays, in which GitHub itself offers no protection.
            return null;
        }

        var own = edits.Index().FirstOrDefault(edit => Same(edit.Item.Text, written));
        var before = own.Item is null ? null : edits.ElementAtOrDefault(own.Index + 1);
        return before?.Text is { } text && !Same(text, read) ? text : null;
    }

    private static bool Same(string? one, string other) =>
        one is not null && one.ReplaceLineEndings("\n").TrimEnd() == other.ReplaceLineEndings("\n").TrimEnd();

    private static string Names(IEnumerable<IssueTick> ticks) => string.Join(", ", ticks.Select(tick => IssueText.Code(tick.Box.ToString())).Distinct().Take(20));

    private static string SignatureOf(IssueView view) => Digest(IssueBlockText.Signature(view) + view.StatusAddress);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
