using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What is asked of GitHub and what comes of it.</summary>
public sealed class GitHubClientTests
{
    [Fact]
    public async Task Issue_CreatedChangedAndFound_IsAsStated()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        var milestone = await github.Client.CreateMilestoneAsync(ConnectedGitHub.Repository, "v2", "Second", new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), ConnectedGitHub.Cancellation);

        var issue = await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("Release", "text") { Labels = ["release"], Milestone = milestone.Number }, ConnectedGitHub.Cancellation);
        var labels = await github.Client.AddLabelsAsync(ConnectedGitHub.Repository, issue.Number, ["urgent"], ConnectedGitHub.Cancellation);
        github.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = await github.Client.UpdateIssueAsync(ConnectedGitHub.Repository, issue.Number, new GitHubIssueChange { Body = "other", State = GitHubState.Closed }, ConnectedGitHub.Cancellation);

        Assert.Equal((1, "Release", "text", GitHubState.Open, 1001L, milestone.Number), (issue.Number, issue.Title, issue.Body, issue.State, issue.Author!.Id, issue.Milestone!.Value));
        Assert.Equal(["release", "urgent"], labels);
        Assert.Equal(("Release", "other", GitHubState.Closed, new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero)), (changed.Title, changed.Body, changed.State, changed.ClosedAt!.Value));
        Assert.Single(await github.Client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter { Labels = ["urgent"], Creator = "ada" }, ConnectedGitHub.Cancellation));
        Assert.Empty(await github.Client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter { State = GitHubState.Open }, ConnectedGitHub.Cancellation));
        Assert.Empty(await github.Client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter { Since = github.Time.GetUtcNow().AddSeconds(1) }, ConnectedGitHub.Cancellation));
        Assert.Equal("v2", Assert.Single(await github.Client.ListMilestonesAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation)).Title);
    }

    [Fact]
    public async Task PullRequests_AreNoIssues()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Repository("chain/node").Issues.Add(new FakeIssue { Id = 1, Number = 1, Title = "A pull request", Body = "", Author = github.Ada, IsPullRequest = true, CreatedAt = github.Time.GetUtcNow(), UpdatedAt = github.Time.GetUtcNow() });

        Assert.Empty(await github.Client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter(), ConnectedGitHub.Cancellation));
    }

    [Fact]
    public async Task Comment_WrittenEditedAndReactedTo_IsAsStated()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        var issue = await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", ""), ConnectedGitHub.Cancellation);

        var comment = await github.Client.CreateCommentAsync(ConnectedGitHub.Repository, issue.Number, "hello", ConnectedGitHub.Cancellation);
        github.Time.Advance(TimeSpan.FromSeconds(5));
        await github.Client.UpdateCommentAsync(ConnectedGitHub.Repository, comment.Id, "hello again", ConnectedGitHub.Cancellation);
        await github.Client.ReactAsync(ConnectedGitHub.Repository, comment.Id, GitHubReaction.ThumbsUp, ConnectedGitHub.Cancellation);
        await github.Client.ReactAsync(ConnectedGitHub.Repository, comment.Id, GitHubReaction.ThumbsUp, ConnectedGitHub.Cancellation);

        var read = await github.Client.GetCommentAsync(ConnectedGitHub.Repository, comment.Id, ConnectedGitHub.Cancellation);
        Assert.Equal((issue.Number, "hello again", github.App!.Bot.Id, 77L, TimeSpan.FromSeconds(5)), (read.IssueNumber, read.Body, read.Author!.Id, read.ViaAppId!.Value, read.UpdatedAt - read.CreatedAt));
        Assert.Equal("+1", Assert.Single(github.Server.Repository("chain/node").Issue(1).Comments.Single().Reactions).Content);
    }

    [Fact]
    public async Task BodyEdits_NameTheEditorByNumberNewestFirst()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.AddUser(1002, "bob");
        var issue = await github.Client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("One", "- [ ] box"), ConnectedGitHub.Cancellation);
        Assert.Empty(await github.Client.ListBodyEditsAsync(ConnectedGitHub.Repository, issue.Number, ConnectedGitHub.Cancellation));

        await github.Server.TickAsync(1002, "chain/node", 1, "box");
        for (var count = 0; count < 150; count++) await github.Server.EditBodyAsync(1001, "chain/node", 1, body => $"{body}.");

        var edits = await github.Client.ListBodyEditsAsync(ConnectedGitHub.Repository, issue.Number, ConnectedGitHub.Cancellation);
        Assert.Equal(152, edits.Count);
        Assert.Equal((1001L, 1002L, "- [x] box", "- [ ] box"), (edits[0].Editor!.Id, edits[^2].Editor!.Id, edits[^2].Text, edits[^1].Text));
    }

    [Fact]
    public async Task BodyEdits_OfNoIssue_IsNotFound()
    {
        await using var github = await ConnectedGitHub.StartAsync();

        Assert.Equal(GitHubFailure.NotFound, (await Assert.ThrowsAsync<GitHubException>(() => github.Client.ListBodyEditsAsync(ConnectedGitHub.Repository, 9, ConnectedGitHub.Cancellation))).Kind);
    }

    [Fact]
    public async Task Labels_CreatedTwice_IsValidation()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        await github.Client.CreateLabelAsync(ConnectedGitHub.Repository, new GitHubLabel("release", "0e8a16", "A release"), ConnectedGitHub.Cancellation);

        var refused = await Assert.ThrowsAsync<GitHubException>(() => github.Client.CreateLabelAsync(ConnectedGitHub.Repository, new GitHubLabel("Release", "0e8a16", null), ConnectedGitHub.Cancellation));

        Assert.Equal(GitHubFailure.Validation, refused.Kind);
        Assert.Contains("already_exists", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new GitHubLabel("release", "0e8a16", "A release"), Assert.Single(await github.Client.ListLabelsAsync(ConnectedGitHub.Repository, ConnectedGitHub.Cancellation)));
    }

    [Fact]
    public async Task Checks_AndStatuses_AreTheLatestOfTheCommit()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        var repository = github.Server.Repository("chain/node");
        var sha = repository.Refs["main"];
        repository.CheckRuns.Add(new FakeCheckRun("build", sha, "completed", "failure") { Id = 1, CompletedAt = github.Time.GetUtcNow() });
        repository.CheckRuns.Add(new FakeCheckRun("build", sha, "in_progress", null) { Id = 2 });
        repository.Statuses.Add(new FakeStatus("ci/legacy", sha, "success", github.Time.GetUtcNow()));

        var check = Assert.Single(await github.Client.ListCheckRunsAsync(ConnectedGitHub.Repository, "main", ConnectedGitHub.Cancellation));
        var combined = await github.Client.GetCombinedStatusAsync(ConnectedGitHub.Repository, sha, ConnectedGitHub.Cancellation);

        Assert.Equal((2L, "build", "in_progress", null, "github-actions", sha), (check.Id, check.Name, check.Status, check.Conclusion, check.App, check.HeadSha));
        Assert.Equal((sha, "success", "ci/legacy"), (combined.Sha, combined.State, combined.Statuses.Single().Context));
    }

    [Fact]
    public async Task Workflow_Dispatched_ItsRunIsTold()
    {
        await using var github = await ConnectedGitHub.StartAsync();

        var dispatch = await github.Client.DispatchWorkflowAsync(ConnectedGitHub.Repository, "deploy.yml", "main", new Dictionary<string, string> { ["environment"] = "testnet" }, ConnectedGitHub.Cancellation);
        await github.Server.SetRunAsync("chain/node", dispatch.RunId!.Value, "completed", "success", new FakeJob(5, "deploy", "completed", "success"));

        var run = await github.Client.GetWorkflowRunAsync(ConnectedGitHub.Repository, dispatch.RunId.Value, ConnectedGitHub.Cancellation);
        Assert.Equal(("completed", "success", "workflow_dispatch", dispatch.Url), (run.Status, run.Conclusion, run.Event, run.Url));
        Assert.Equal("deploy", Assert.Single(await github.Client.ListJobsAsync(ConnectedGitHub.Repository, run.Id, ConnectedGitHub.Cancellation)).Name);
        Assert.Equal("testnet", github.Server.Repository("chain/node").WorkflowRuns.Single().Inputs["environment"]);
    }

    [Fact]
    public async Task Workflow_DispatchedAtAnOlderServer_IsDispatchedOnceAndFoundAmongTheRuns()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Repository("chain/node").TellsDispatchedRuns = false;

        var dispatch = await github.Client.DispatchWorkflowAsync(ConnectedGitHub.Repository, "deploy.yml", "main", new Dictionary<string, string>(), ConnectedGitHub.Cancellation);

        Assert.Equal(new GitHubDispatch(null, null), dispatch);
        var filter = new GitHubWorkflowRunFilter { Event = "workflow_dispatch", Branch = "main", CreatedSince = github.Time.GetUtcNow() };
        Assert.Equal(github.Server.Repository("chain/node").WorkflowRuns.Single().Id, Assert.Single(await github.Client.ListWorkflowRunsAsync(ConnectedGitHub.Repository, "deploy.yml", filter, ConnectedGitHub.Cancellation)).Id);
    }

    [Fact]
    public async Task Deployment_WithStatuses_IsFoundAgain()
    {
        await using var github = await ConnectedGitHub.StartAsync();

        var deployment = await github.Client.CreateDeploymentAsync(ConnectedGitHub.Repository, new GitHubNewDeployment("main", "production") { Payload = new Dictionary<string, string> { ["run"] = "r1" }, Description = new string('x', 200) }, ConnectedGitHub.Cancellation);
        await github.Client.CreateDeploymentStatusAsync(ConnectedGitHub.Repository, deployment.Id, new GitHubNewDeploymentStatus(GitHubDeploymentState.InProgress) { LogUrl = new Uri("https://rollouts.example.org/r1") }, ConnectedGitHub.Cancellation);
        await github.Client.CreateDeploymentStatusAsync(ConnectedGitHub.Repository, deployment.Id, new GitHubNewDeploymentStatus(GitHubDeploymentState.Success), ConnectedGitHub.Cancellation);

        var found = Assert.Single(await github.Client.ListDeploymentsAsync(ConnectedGitHub.Repository, new GitHubDeploymentFilter { Environment = "production" }, ConnectedGitHub.Cancellation));
        Assert.Equal((deployment.Id, "r1", 140), (found.Id, found.Payload!.Value.GetProperty("run").GetString(), found.Description!.Length));
        Assert.Equal(
            [GitHubDeploymentState.Success, GitHubDeploymentState.InProgress],
            (await github.Client.ListDeploymentStatusesAsync(ConnectedGitHub.Repository, deployment.Id, ConnectedGitHub.Cancellation)).Select(status => status.State));
    }

    [Fact]
    public async Task ProtectionRule_ReportedAndApproved_LetsTheEnvironmentGoOn()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        var run = await github.Server.RequestProtectionAsync(1001, "chain/node", "production", github.App!);
        Assert.Equal("production", Assert.Single(await github.Client.ListPendingDeploymentsAsync(ConnectedGitHub.Repository, run.Id, ConnectedGitHub.Cancellation)).Environment);

        await github.Client.AnswerProtectionRuleAsync(ConnectedGitHub.Repository, run.Id, "production", GitHubVerdict.Pending, "still soaking", ConnectedGitHub.Cancellation);
        await github.Client.AnswerProtectionRuleAsync(ConnectedGitHub.Repository, run.Id, "production", GitHubVerdict.Approved, "soaked", ConnectedGitHub.Cancellation);

        Assert.Equal([("production", null, "still soaking"), ("production", "approved", "soaked")], run.Verdicts);
        Assert.Empty(run.Waiting);
    }

    [Fact]
    public async Task Answer_OfAnotherForm_IsUnavailable()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        github.Server.Faults.Answer(new FakeGitHubAnswer(200, new System.Text.Json.Nodes.JsonObject { ["id"] = "many" }));

        Assert.Equal(GitHubFailure.Unavailable, (await Assert.ThrowsAsync<GitHubException>(() => github.Client.GetIssueAsync(ConnectedGitHub.Repository, 1, ConnectedGitHub.Cancellation))).Kind);
    }
}
