namespace RolloutWorkflows.Activities.Tests;

/// <summary>Tokens, App keys and installations.</summary>
public sealed class GitHubSigningInTests
{
    [Fact]
    public async Task WhoAmI_PersonalToken_IsItsUser()
    {
        await using var github = await ConnectedGitHub.StartAsync();

        var self = await github.Client.WhoAmIAsync(ConnectedGitHub.Cancellation);

        Assert.Equal((1001, "ada", true, null), (self.User.Id, self.User.Login, self.User.IsPerson, self.AppId));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task WhoAmI_App_IsItsBot(bool pkcs8, bool installationStated)
    {
        await using var github = await ConnectedGitHub.StartAppAsync(pkcs8, installationStated);

        var self = await github.Client.WhoAmIAsync(ConnectedGitHub.Cancellation);

        Assert.Equal((github.App!.Bot.Id, "rollout[bot]", false, 77), (self.User.Id, self.User.Login, self.User.IsPerson, self.AppId));
    }

    [Fact]
    public async Task Installation_NotStated_IsFoundByTheRepositoryOnce()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();

        await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation);
        await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("Two", ""), ConnectedGitHub.Cancellation);

        Assert.Equal(
            ["GET /repos/chain/node/installation", $"POST /app/installations/{github.App!.InstallationId}/access_tokens", "POST /repos/chain/node/issues", "POST /repos/chain/node/issues"],
            github.Asked);
        Assert.Equal("rollout[bot]", github.Server.Repository("chain/node").Issue(1).Author.Login);
    }

    [Fact]
    public async Task InstallationToken_FiveMinutesBeforeItsEnd_IsRenewed()
    {
        await using var github = await ConnectedGitHub.StartAppAsync(installationStated: true);
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);

        github.Time.Advance(TimeSpan.FromMinutes(54));
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);
        Assert.Equal(1, github.Asked.Count(asked => asked.EndsWith("access_tokens", StringComparison.Ordinal)));

        github.Time.Advance(TimeSpan.FromMinutes(1));
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);
        Assert.Equal(2, github.Asked.Count(asked => asked.EndsWith("access_tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InstallationToken_Revoked_IsRenewedOnceAndTheRequestDoneOnce()
    {
        await using var github = await ConnectedGitHub.StartAppAsync(installationStated: true);
        await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation);

        github.Server.RevokeInstallationTokens();
        await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation);

        Assert.Single(github.Server.Repository("chain/node").Issues);
    }

    [Fact]
    public async Task InstallationToken_RefusedAgain_IsUnauthorized()
    {
        await using var github = await ConnectedGitHub.StartAppAsync(installationStated: true);
        github.Server.Faults.Answer(new Counterparts.FakeGitHubAnswer(401, null), times: 10, when: request => request.Path.StartsWith("/repos", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Unauthorized, true), (refused.Kind, refused.NotDone));
        Assert.Equal(2, github.Asked.Count(asked => asked == "GET /repos/chain/node"));
    }

    [Fact]
    public async Task Token_Rotated_CountsAtOnce()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Set("token", "ghp_old");
        await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        github.Set("token", github.Server.AddToken(github.Ada));

        Assert.Equal("chain/node", (await github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation)).Repository.ToString());
    }

    [Fact]
    public async Task Token_Wrong_FailureShowsNothingOfIt()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Set("token", "ghp_VERYSECRET");
        github.Server.Faults.Answer(new Counterparts.FakeGitHubAnswer(401, new System.Text.Json.Nodes.JsonObject { ["message"] = "Bad credentials ghp_VERYSECRET" }));

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Contains("Bad credentials ***", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("VERYSECRET", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nVERYSECRET\n-----END RSA PRIVATE KEY-----")]
    [InlineData("VERYSECRET")]
    public async Task AppKey_Unreadable_FailureShowsNothingOfIt(string key)
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        github.Set("key", key);

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.Unauthorized, true), (refused.Kind, refused.NotDone));
        Assert.DoesNotContain("VERYSECRET", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppKey_LineBreaksWrittenOut_IsRead()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        github.Set("key", github.App!.PrivateKey.ReplaceLineEndings("\\n"));

        Assert.Equal(77, (await github.Client.WhoAmIAsync(ConnectedGitHub.Cancellation)).AppId);
    }

    [Fact]
    public async Task Request_NotConnected_IsRefusedWithoutAsking()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        using var client = github.Another(options => options with { Token = null });

        var refused = await Assert.ThrowsAsync<GitHubException>(() => client.GetRepositoryAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation));

        Assert.Equal((GitHubFailure.NotConnected, false), (refused.Kind, client.IsConnected));
        Assert.Empty(github.Asked);
    }

    [Theory]
    [InlineData("repo, read:org", 0)]
    [InlineData("read:org", 1)]
    public async Task Diagnosis_ClassicToken_TellsMissingScopes(string scopes, int missing)
    {
        await using var github = await ConnectedGitHub.StartAsync(scopes: scopes);

        var diagnosis = await github.Client.DiagnoseAsync(ConnectedGitHub.Cancellation);

        Assert.Equal((true, missing, 4999), (diagnosis.PermissionsKnown, diagnosis.Missing.Count, diagnosis.Remaining));
    }

    [Fact]
    public async Task Diagnosis_App_TellsMissingPermissions()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        github.App!.Permissions["issues"] = "read";
        github.App.Permissions.Remove("actions");

        var diagnosis = await github.Client.DiagnoseAsync(ConnectedGitHub.Cancellation);

        Assert.Equal(["issues: write", "actions: write"], diagnosis.Missing);
    }
}
