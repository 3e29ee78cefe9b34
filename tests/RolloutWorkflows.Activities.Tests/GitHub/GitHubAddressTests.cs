using System.Text.Json.Nodes;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Only the configured GitHub is called, at the addresses that it has.</summary>
public sealed class GitHubAddressTests
{
    [Theory]
    [InlineData("https://api.github.com", "https://api.github.com/graphql")]
    [InlineData("https://ghe.example/api/v3", "https://ghe.example/api/graphql")]
    [InlineData("https://ghe.example/api/v3/", "https://ghe.example/api/graphql")]
    [InlineData("https://api.tenant.ghe.com", "https://api.tenant.ghe.com/graphql")]
    public void GraphQl_LiesBesideTheApi(string api, string expected) =>
        Assert.Equal(expected, new GitHubOptions { ApiUrl = new Uri(api) }.GraphQlUrl.AbsoluteUri);

    [Fact]
    public async Task EnterpriseServer_RestAndGraphQl_AreAskedBelowApi()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        using var client = github.Another(options => options with { ApiUrl = github.Server.EnterpriseApi });
        var issue = await client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", "before"), ConnectedGitHub.Cancellation);

        await client.ListBodyEditsAsync(ConnectedGitHub.Repository, issue.Number, ConnectedGitHub.Cancellation);

        Assert.Equal(["/api/v3", "/api"], github.Server.Requests.Select(request => request.Prefix));
    }

    [Fact]
    public async Task Repository_Renamed_IsFollowedForReadsAndChanges()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Rename("chain/node", "chain/node-core");

        var issue = await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", "text"), ConnectedGitHub.Cancellation);
        var read = await github.Client.GetIssueAsync(ConnectedGitHub.Repository, issue.Number, ConnectedGitHub.Cancellation);

        Assert.Equal("text", read.Body);
        Assert.Equal("chain/node-core", (await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation)).Repository.ToString());
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_IsNotFollowed()
    {
        await using var other = await LoopbackServer.StartAsync("{}");
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.Answer(new FakeGitHubAnswer(301, null, ("Location", $"{other.Address}repos/chain/node")));

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Equal(GitHubFailure.Unavailable, refused.Kind);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Redirect_WithoutEnd_IsGivenUp()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.Answer(new FakeGitHubAnswer(301, null, ("Location", "/repos/chain/node")), times: 100);

        await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Equal(4, github.Asked.Count);
    }

    [Fact]
    public async Task NextPage_OnAnotherHost_IsNotAsked()
    {
        await using var other = await LoopbackServer.StartAsync("[]");
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.Answer(new FakeGitHubAnswer(200, new JsonArray(), ("Link", $"<{other.Address}repos/chain/node/labels?page=2>; rel=\"next\"")));

        Assert.Empty(await github.Client.ListLabelsAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task List_OfManyPages_IsReadWhole()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        await github.Server.OpenIssueAsync(1001, "chain/node", "One", "");
        for (var count = 0; count < 230; count++) await github.Server.CommentAsync(1001, "chain/node", 1, $"comment {count}");

        var comments = await github.Client.ListCommentsAsync(ConnectedGitHub.Repository, 1, cancellation: ConnectedGitHub.Cancellation);

        Assert.Equal(Enumerable.Range(0, 230).Select(count => $"comment {count}"), comments.Select(comment => comment.Body));
        Assert.Equal(3, github.Asked.Count);
    }

    [Fact]
    public async Task Reading_AgainWithoutChange_CostsNothing()
    {
        var limit = new FakeRateLimit(5000, 100, new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        await using var github = await ConnectedGitHub.StartAsync(limit: limit);
        await github.Server.OpenIssueAsync(1001, "chain/node", "One", "first");

        await github.Client.GetIssueAsync(ConnectedGitHub.Repository, 1, ConnectedGitHub.Cancellation);
        var again = await github.Client.GetIssueAsync(ConnectedGitHub.Repository, 1, ConnectedGitHub.Cancellation);
        Assert.Equal(("first", 99), (again.Body, limit.Remaining));

        await github.Server.EditBodyAsync(1001, "chain/node", 1, _ => "second");
        var changed = await github.Client.GetIssueAsync(ConnectedGitHub.Repository, 1, ConnectedGitHub.Cancellation);
        Assert.Equal(("second", 98), (changed.Body, limit.Remaining));
    }

    [Fact]
    public async Task Reference_WithASlash_StaysOneSegment()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Repository("chain/node").Refs["release/1.2 #3"] = new string('a', 40);

        Assert.Equal(new string('a', 40), (await github.Client.GetCommitAsync(ConnectedGitHub.Repository, "release/1.2 #3", ConnectedGitHub.Cancellation)).Sha);
        Assert.Equal(["GET /repos/chain/node/commits/release%2F1.2%20%233"], github.Asked);
    }

    [Fact]
    public async Task Reference_WayUp_IsNeverSent()
    {
        await using var github = await ConnectedGitHub.StartAsync();

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetCommitAsync(ConnectedGitHub.Repository, "..", ConnectedGitHub.Cancellation));

        Assert.Equal(GitHubFailure.Validation, refused.Kind);
        Assert.Empty(github.Asked);
    }

    [Theory]
    [InlineData("chain/node", true)]
    [InlineData("Chain-1/Node.js_x", true)]
    [InlineData("chain", false)]
    [InlineData("chain/..", false)]
    [InlineData("chain/node/issues", false)]
    [InlineData("-chain/node", false)]
    [InlineData("chain/no de", false)]
    [InlineData("chain/node\n", false)]
    [InlineData("", false)]
    public void RepositoryName_IsChecked(string text, bool valid) => Assert.Equal(valid, GitHubRepository.TryParse(text, out _));

    [Fact]
    public void RepositoryName_UpperAndLowerCase_IsTheSame() => Assert.Equal(GitHubRepository.Parse("Chain/Node"), GitHubRepository.Parse("chain/node"));
}
