namespace RolloutWorkflows.Activities;

/// <summary>Commits and what was said of them.</summary>
internal sealed partial class GitHubClient
{
    public Task<GitHubCommit> GetCommitAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default) =>
        GetAsync(repository, GitHubPath.Of(repository, "commits", reference), GitHubReading.Commit, cancellation);

    public Task<IReadOnlyList<GitHubCheckRun>> ListCheckRunsAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "commits", reference, "check-runs"), ("filter", "latest"), ("per_page", PageSize)), "check_runs", GitHubReading.CheckRun, null, cancellation);

    public async Task<GitHubCombinedStatus> GetCombinedStatusAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default)
    {
        var path = GitHubPath.With(GitHubPath.Of(repository, "commits", reference, "status"), ("per_page", PageSize));
        var (sha, state) = await GetAsync(repository, path, json => (json.Text("sha"), json.Text("state")), cancellation);
        // The first page costs nothing the second time: it has an ETag.
        return new GitHubCombinedStatus(sha, state, await ListAsync(repository, path, "statuses", GitHubReading.Status, null, cancellation));
    }
}
