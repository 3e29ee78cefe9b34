using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Our comments on an issue, each once, by its hidden tag: where the answer to a creation was lost, the comment is found again
/// instead of written twice. A tag in somebody else's comment is text. Thread-safe.
/// </summary>
internal sealed class IssueComments(IGitHub gitHub)
{
    /// <summary>Their clock and ours need not agree.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private const string Shortened = "\n\n… shortened, since GitHub takes no longer comment.";

    /// <summary>Sees to it that the comment stands there as given. Returns it.</summary>
    /// <param name="place">The issue.</param>
    /// <param name="memory">Keeps the comment's id.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="tag">The comment's tag.</param>
    /// <param name="text">The comment, without its tag.</param>
    /// <param name="since">The comment cannot be older than this.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<GitHubComment> KeepAsync(IssuePlace place, IChannelMemory memory, string key, string tag, string text, DateTimeOffset since, CancellationToken cancellation)
    {
        var body = Bounded(text, tag);
        if (await KnownAsync(memory, key, cancellation) is { } known && await TryUpdateAsync(place, known, body, cancellation) is { } updated) return updated;
        var comment = await FindAsync(place, tag, since, cancellation) is { } found
            ? found.Body == body ? found : await gitHub.UpdateCommentAsync(place.Repository, found.Id, body, cancellation)
            : await gitHub.CreateCommentAsync(place.Repository, place.Number, body, cancellation);
        await memory.SetAsync(key, comment.Id.ToString(CultureInfo.InvariantCulture), cancellation);
        return comment;
    }

    /// <summary>Sees to it that the comment stands there once, and leaves one that does as it is. Returns its address.</summary>
    public async Task<string?> PostAsync(IssuePlace place, IChannelMemory memory, string key, string tag, string text, DateTimeOffset since, CancellationToken cancellation)
    {
        if (await KnownAsync(memory, key, cancellation) is not null) return null;
        var comment = await FindAsync(place, tag, since, cancellation) ?? await gitHub.CreateCommentAsync(place.Repository, place.Number, Bounded(text, tag), cancellation);
        await memory.SetAsync(key, comment.Id.ToString(CultureInfo.InvariantCulture), cancellation);
        return comment.Url;
    }

    /// <summary>Puts a line at the head of a comment of ours that stands under this key, once. Does nothing where there is none.</summary>
    public async Task HeadAsync(IssuePlace place, IChannelMemory memory, string key, string head, CancellationToken cancellation)
    {
        if (await KnownAsync(memory, key, cancellation) is not { } id) return;
        try
        {
            var comment = await gitHub.GetCommentAsync(place.Repository, id, cancellation);
            if (!await IsOursAsync(comment, cancellation) || comment.Body.StartsWith(head, StringComparison.Ordinal)) return;
            if (comment.Body.Length + head.Length + 2 > IssueBody.MostCharacters) return;
            await gitHub.UpdateCommentAsync(place.Repository, id, $"{head}\n\n{comment.Body}", cancellation);
        }
        catch (GitHubException gone) when (gone.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
        {
            // Somebody deleted it; there is nothing left that could mislead.
        }
    }

    private async Task<GitHubComment?> FindAsync(IssuePlace place, string tag, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var comment in await gitHub.ListCommentsAsync(place.Repository, place.Number, since - Slack, cancellation))
            if (comment.Body.Contains(tag, StringComparison.Ordinal) && await IsOursAsync(comment, cancellation))
                return comment;
        return null;
    }

    private async Task<bool> IsOursAsync(GitHubComment comment, CancellationToken cancellation) =>
        comment.Author is { } author && author.Id == (await gitHub.WhoAmIAsync(cancellation)).User.Id;

    /// <summary>The comment as it now stands; null: it is gone.</summary>
    private async Task<GitHubComment?> TryUpdateAsync(IssuePlace place, long id, string body, CancellationToken cancellation)
    {
        try
        {
            return await gitHub.UpdateCommentAsync(place.Repository, id, body, cancellation);
        }
        catch (GitHubException gone) when (gone.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
        {
            return null;
        }
    }

    private static async Task<long?> KnownAsync(IChannelMemory memory, string key, CancellationToken cancellation) =>
        long.TryParse(await memory.GetAsync(key, cancellation), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Bounded(string text, string tag)
    {
        var most = IssueBody.MostCharacters - tag.Length - Shortened.Length - 2;
        if (text.Length > most)
        {
            // Whole lines, so that no mark of the text is torn.
            var end = text.LastIndexOf('\n', most);
            text = text[..(end > 0 ? end : most)] + Shortened;
        }

        return $"{text}\n\n{tag}";
    }
}
