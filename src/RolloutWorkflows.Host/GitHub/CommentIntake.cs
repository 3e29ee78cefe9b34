using System.Globalization;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// Takes the commands that people write as comments in a release issue. Only a comment as it was created counts, by the
/// account that created it: whoever may write to the repository can edit everybody's. Thread-safe.
/// </summary>
internal sealed partial class CommentIntake(IssueRuns runs, IssueSelf self, CommentCommands commands, ILogger<CommentIntake> log)
{
    /// <summary>Takes a comment of which a webhook tells.</summary>
    /// <exception cref="GitHubException">GitHub was to say who this server is there, and did not.</exception>
    public async Task<GitHubTaken> TakeAsync(GitHubDelivery delivery)
    {
        if (delivery is not { Repository: { } repository, Issue: { } number }) return GitHubTaken.Ignored("it is about no issue");
        if (Read(delivery) is not { } comment) return GitHubTaken.Ignored("the comment has no number, no text or no time");
        if (delivery.Sender?.Id != comment.Author?.Id) return GitHubTaken.Ignored("its sender is not its author");
        var found = await runs.FindAsync(repository, number);
        if (found.Count == 0) return GitHubTaken.Ignored("the issue shows no rollout");
        if (WrittenCommand.InComment(comment.Body) is null) await PassOverForGoodAsync(found, comment.Id);
        return await TakeAsync(comment, MeantOf(found));
    }

    /// <summary>Remembers that a comment was edited: GitHub tells times by the second, so an edit right after the creation does not show in them.</summary>
    public async Task<GitHubTaken> NoteEditAsync(GitHubDelivery delivery)
    {
        if (delivery is not { Repository: { } repository, Issue: { } number } || GitHubJson.Number(delivery.Payload, "comment", "id") is not { } id) return GitHubTaken.Ignored("it is about no comment on an issue");
        var found = await runs.FindAsync(repository, number);
        if (found.Count == 0) return GitHubTaken.Ignored("the issue shows no rollout");
        await PassOverForGoodAsync(found, id);
        foreach (var run in found) await runs.TellAsync(run.RunId);
        return new GitHubTaken("A comment was edited; edits never count.");
    }

    /// <summary>Takes a comment on the issue of a run, if it is a person's command.</summary>
    /// <exception cref="GitHubException">GitHub was to say who this server is there, and did not.</exception>
    public async Task<GitHubTaken> TakeAsync(SpokenComment comment, IssueRun run, CancellationToken cancellation = default)
    {
        if (WrittenCommand.InComment(comment.Body) is not { } command) return GitHubTaken.Ignored("the comment holds no command");
        if (await self.WhyNotAPersonAsync(comment.Author, comment.ViaAppId, cancellation) is { } nobody) return PassOver(comment, run, nobody);
        if (comment.IsEdited || await runs.MemoryOf(run.RunId).GetAsync(PassedKey(comment.Id), cancellation) is not null) return PassOver(comment, run, "it was edited, so nobody knows who wrote it");
        return new GitHubTaken(await commands.CarryOutAsync(comment, command, run));
    }

    /// <summary>Where several runs adopted one issue, people mean the one that goes on.</summary>
    private static IssueRun MeantOf(IReadOnlyList<IssueRun> found) => found.FirstOrDefault(run => !run.HasEnded) ?? found[0];

    /// <summary>What was seen to hold no command, or to be edited, holds none when it is read again, whatever stands there then.</summary>
    private async Task PassOverForGoodAsync(IReadOnlyList<IssueRun> found, long comment)
    {
        foreach (var run in found) await runs.MemoryOf(run.RunId).SetAsync(PassedKey(comment), "");
    }

    private static string PassedKey(long comment) => string.Create(CultureInfo.InvariantCulture, $"passed:{comment}");

    private GitHubTaken PassOver(SpokenComment comment, IssueRun run, string why)
    {
        LogPassedOver(comment.Id, run.RunId, why);
        return GitHubTaken.Ignored(why);
    }

    private static SpokenComment? Read(GitHubDelivery delivery)
    {
        var comment = GitHubJson.Object(delivery.Payload, "comment")!.Value;
        if (GitHubJson.Number(comment, "id") is not { } id || GitHubJson.Text(comment, "body") is not { } body || GitHubJson.Moment(comment, "created_at") is not { } created) return null;
        return new SpokenComment
        {
            Id = id,
            Author = GitHubJson.User(comment, "user"),
            ViaAppId = GitHubJson.Object(comment, "performed_via_github_app") is { } app ? GitHubJson.Number(app, "id") ?? 0 : null,
            Body = body,
            CreatedAt = created,
            UpdatedAt = GitHubJson.Moment(comment, "updated_at") ?? created,
            IssueIsOpen = GitHubJson.Text(delivery.Payload, "issue", "state") != "closed",
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The command in comment {Comment} on the issue of {Run} does not count: {Why}")]
    private partial void LogPassedOver(long comment, string run, string why);
}
