using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Limits, faults and what surely was not done.</summary>
public sealed class GitHubLimitTests
{
    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task SecondaryLimit_RetryAfter_NothingIsAskedBefore(int status)
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.SecondaryLimit(retryAfter: TimeSpan.FromSeconds(90), status: status);

        var limited = await RefusedAsync(github);
        var silent = await RefusedAsync(github);
        github.Time.Advance(TimeSpan.FromSeconds(89));
        var still = await RefusedAsync(github);

        Assert.All(new[] { limited, silent, still }, refused => Assert.Equal((GitHubFailure.RateLimited, true, true), (refused.Kind, refused.NotDone, refused.MayPass)));
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1)), (limited.RetryAfter, still.RetryAfter));
        Assert.Single(github.Asked);

        github.Time.Advance(TimeSpan.FromSeconds(1));
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);
    }

    [Fact]
    public async Task SecondaryLimit_WithoutRetryAfter_WaitsAMinute()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.SecondaryLimit();

        Assert.Equal(TimeSpan.FromMinutes(1), (await RefusedAsync(github)).RetryAfter);
    }

    [Fact]
    public async Task PrimaryLimit_WaitsForTheReset()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.PrimaryLimit(TimeSpan.FromMinutes(20));

        var refused = await RefusedAsync(github);

        Assert.Equal((GitHubFailure.RateLimited, TimeSpan.FromSeconds(20 * 60 + 1)), (refused.Kind, refused.RetryAfter));
        github.Time.Advance(TimeSpan.FromSeconds(20 * 60 + 1));
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);
    }

    [Fact]
    public async Task PrimaryLimit_LastRequestUsed_NothingIsAskedBeforeTheReset()
    {
        var limit = new FakeRateLimit(5000, 1, new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        await using var github = await ConnectedGitHub.StartAsync(limit: limit);
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);

        Assert.Equal(GitHubFailure.RateLimited, (await RefusedAsync(github)).Kind);
        Assert.Single(github.Asked);
    }

    [Fact]
    public async Task Forbidden_NoLimit_IsNotTakenForOne()
    {
        await using var github = await ConnectedGitHub.StartAsync(readOnly: true);

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Forbidden, true, false), (refused.Kind, refused.NotDone, refused.MayPass));
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);
    }

    [Fact]
    public async Task ServerError_OfAChange_MayHaveBeenDone()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.ServerError(times: 2);

        var read = await RefusedAsync(github);
        var change = await Assert.ThrowsAsync<GitHubException>(() => github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Unavailable, true), (read.Kind, read.NotDone));
        Assert.Equal((GitHubFailure.Unavailable, false), (change.Kind, change.NotDone));
    }

    [Fact]
    public async Task ServerError_RetryAfter_NothingIsAskedBefore()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.ServerError(status: 503, retryAfter: TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), (await RefusedAsync(github)).RetryAfter);
        Assert.Equal(GitHubFailure.Unavailable, (await RefusedAsync(github)).Kind);
        Assert.Single(github.Asked);
    }

    [Fact]
    public async Task Answer_Lost_ChangeMayHaveBeenDone()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.LoseAnswer(when: request => request.Method == "POST");

        var lost = await Assert.ThrowsAsync<GitHubException>(() => github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Unavailable, false), (lost.Kind, lost.NotDone));
        Assert.Single(github.Server.Repository("chain/node").Issues);
        Assert.Single(await github.Client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter { Creator = "ada" }, ConnectedGitHub.Cancellation));
    }

    [Fact]
    public async Task Connection_Refused_ChangeWasSurelyNotDone()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        var nobody = await LoopbackServer.NobodyAsync();
        using var client = github.Another(options => options with { ApiUrl = nobody });

        var refused = await Assert.ThrowsAsync<GitHubException>(() => client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Unavailable, true), (refused.Kind, refused.NotDone));
    }

    [Theory]
    [InlineData(404, GitHubFailure.NotFound)]
    [InlineData(409, GitHubFailure.Conflict)]
    [InlineData(410, GitHubFailure.Gone)]
    [InlineData(422, GitHubFailure.Validation)]
    [InlineData(400, GitHubFailure.Validation)]
    [InlineData(451, GitHubFailure.Forbidden)]
    [InlineData(500, GitHubFailure.Unavailable)]
    public async Task Refusal_ByStatus_HasItsKind(int status, GitHubFailure kind)
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.ServerError(status: status);

        Assert.Equal(kind, (await RefusedAsync(github)).Kind);
    }

    [Fact]
    public async Task Changes_ASecondApart_ReadsAtOnce()
    {
        await using var github = await ConnectedGitHub.StartAsync(options => options with { WriteInterval = TimeSpan.FromSeconds(1) });
        var issue = await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation);

        var second = github.Client.CreateCommentAsync(ConnectedGitHub.Repository, issue.Number, "hello", ConnectedGitHub.Cancellation);
        await github.Client.GetIssueAsync(ConnectedGitHub.Repository, issue.Number, ConnectedGitHub.Cancellation);
        Assert.Empty(github.Server.Repository("chain/node").Issue(1).Comments);

        while (github.Time.NextDue is null) await Task.Yield();
        github.Time.Advance(TimeSpan.FromSeconds(1));
        await second;
        Assert.Single(github.Server.Repository("chain/node").Issue(1).Comments);
    }

    private static Task<GitHubException> RefusedAsync(ConnectedGitHub github) =>
        Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));
}
