using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Finds the issue that shows a run: the one it remembers, the one that the playbook names, its own of an earlier try, or a new one. Thread-safe.</summary>
internal sealed class IssueFinder(IGitHub gitHub)
{
    /// <summary>Their clock and ours need not agree.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private const int MostTitle = 200;

    /// <summary>The issue. It is created where there is none yet.</summary>
    /// <param name="view">The run.</param>
    /// <param name="memory">What is remembered of it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IssueUnusableException">The issue that the playbook names cannot show the run.</exception>
    public async Task<IssuePlace> FindAsync(IssueView view, IssueMemory memory, CancellationToken cancellation)
    {
        if (await memory.PlaceAsync(cancellation) is { } known) return known;
        var channel = view.Playbook.Channels.ReleaseIssue!;
        if (!GitHubRepository.TryParse(channel.Repository, out var repository)) throw new IssueUnusableException($"'{channel.Repository}' is no repository; expected {GitHubRepository.Expected}");
        var issue = channel.Number is { } number ? await AdoptAsync(repository, NumberOf(number, view), cancellation)
            : await FindOwnAsync(repository, view, cancellation) ?? await CreateAsync(repository, channel, view, memory, cancellation);
        var place = new IssuePlace(repository, issue.Number);
        await memory.SetAsync(IssueMemory.Issue, place.Key, cancellation);
        return place;
    }

    /// <summary>The issue as it stands now.</summary>
    /// <exception cref="IssueUnusableException">It was moved elsewhere.</exception>
    public async Task<GitHubIssue> ReadAsync(IssuePlace place, CancellationToken cancellation)
    {
        var issue = await gitHub.GetIssueAsync(place.Repository, place.Number, cancellation);
        // A renamed repository answers as before; an issue that was moved to another one has another number there.
        return issue.Number == place.Number ? issue
            : throw new IssueUnusableException($"the release issue {place} was moved to {IssueText.OneLine(issue.Url, 300)}; move it back, or let a new run adopt it there");
    }

    private async Task<GitHubIssue> AdoptAsync(GitHubRepository repository, int number, CancellationToken cancellation)
    {
        var place = new IssuePlace(repository, number);
        var issue = await ReadNamedAsync(place, cancellation);
        if (issue.IsPullRequest) throw new IssueUnusableException($"{place} is a pull request; releaseIssue.number must be an open issue");
        return issue.State == GitHubState.Open ? issue : throw new IssueUnusableException($"{place} is closed; open it again, and the run shows itself there");
    }

    private async Task<GitHubIssue> ReadNamedAsync(IssuePlace place, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(place, cancellation);
        }
        catch (GitHubException missing) when (missing.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
        {
            throw new IssueUnusableException($"{place} is gone or hidden from this server's account: {missing.Message} Give the account access, or start a run with the number of an open issue");
        }
    }

    /// <summary>The number that the playbook gives, its expression filled in.</summary>
    private static int NumberOf(string given, IssueView view)
    {
        var text = IssueValues.Text(JsonSerializer.SerializeToElement(given), view).Trim().TrimStart('#');
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new IssueUnusableException($"releaseIssue.number is '{IssueText.OneLine(text, 100)}', which is no issue's number; start a run with the number of an open issue");
    }

    /// <summary>What was created when the answer did not reach us. Labels are no help: GitHub drops them where we may not set them.</summary>
    private async Task<GitHubIssue?> FindOwnAsync(GitHubRepository repository, IssueView view, CancellationToken cancellation)
    {
        var self = await gitHub.WhoAmIAsync(cancellation);
        var own = await gitHub.ListIssuesAsync(repository, new GitHubIssueFilter { Creator = self.User.Login, Since = view.Status.StartedAt - Slack }, cancellation);
        return own.FirstOrDefault(issue => issue.Author?.Id == self.User.Id && issue.Body.Contains(IssueTags.Begin(view.RunId), StringComparison.Ordinal));
    }

    private async Task<GitHubIssue> CreateAsync(GitHubRepository repository, ReleaseIssueChannel channel, IssueView view, IssueMemory memory, CancellationToken cancellation)
    {
        var body = IssueBody.Merge(view.RunId, null, room => IssueBlockText.Render(view, room));
        var title = IssueText.OneLine($"{view.Title} ({view.RunId})", MostTitle);
        var issue = await gitHub.CreateIssueAsync(repository, new GitHubNewIssue(title, body) { Labels = channel.Labels }, cancellation);
        await memory.SetAsync(IssueMemory.Block, IssueBody.BlockOf(view.RunId, issue.Body) ?? "", cancellation);
        return issue;
    }
}
