namespace RolloutWorkflows.Host;

/// <summary>Has issues looked at that changed in another way than by what people say to runs: closed, moved, a comment of ours edited. Thread-safe.</summary>
internal sealed class IssueNews(IssueRuns runs)
{
    public async Task<GitHubTaken> TakeAsync(GitHubDelivery delivery)
    {
        if (delivery is not { Repository: { } repository, Issue: { } number }) return GitHubTaken.Ignored("it is about no issue");
        var found = await runs.FindAsync(repository, number);
        if (found.Count == 0) return GitHubTaken.Ignored("the issue shows no rollout");
        foreach (var run in found) await runs.TellAsync(run.RunId);
        return new GitHubTaken($"{delivery.Name}: the issue is looked at.");
    }
}
