using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>
/// Every request that the client can make, and every answer that the tests' GitHub gives to it, is as GitHub's
/// description of its API says.
/// </summary>
public sealed partial class GitHubContractTests
{
    /// <summary>All of REST that the client asks; GraphQL has no such description.</summary>
    private static readonly string[] Described =
    [
        "GET /user",
        "GET /users/{username}",
        "GET /rate_limit",
        "GET /app",
        "GET /app/installations",
        "POST /app/installations/{installation_id}/access_tokens",
        "GET /repos/{owner}/{repo}",
        "GET /repos/{owner}/{repo}/installation",
        "GET /repos/{owner}/{repo}/issues",
        "POST /repos/{owner}/{repo}/issues",
        "GET /repos/{owner}/{repo}/issues/{issue_number}",
        "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
        "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
        "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
        "GET /repos/{owner}/{repo}/milestones",
        "POST /repos/{owner}/{repo}/milestones",
        "GET /repos/{owner}/{repo}/labels",
        "POST /repos/{owner}/{repo}/labels",
        "GET /repos/{owner}/{repo}/commits/{ref}",
        "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
        "GET /repos/{owner}/{repo}/commits/{ref}/status",
        "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
        "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments",
        "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
        "GET /repos/{owner}/{repo}/deployments",
        "POST /repos/{owner}/{repo}/deployments",
        "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
        "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
    ];

    private static readonly (string Method, string Path, string? Body)[] Wrong =
    [
        ("POST", "/repos/chain/node/issues", """{"body":"no title"}"""),
        ("POST", "/repos/chain/node/issues", """{"title":"One","labels":[1]}"""),
        ("PATCH", "/repos/chain/node/issues/1", """{"state":"perhaps"}"""),
        ("POST", "/repos/chain/node/issues/1/comments", """{"text":"no body"}"""),
        ("POST", "/repos/chain/node/issues/comments/1/reactions", """{"content":"applause"}"""),
        ("POST", "/repos/chain/node/deployments", """{"environment":"production"}"""),
        ("POST", "/repos/chain/node/deployments/1/statuses", """{"state":"done"}"""),
        ("POST", "/repos/chain/node/actions/workflows/deploy.yml/dispatches", """{"inputs":{}}"""),
        ("POST", "/repos/chain/node/actions/runs/1/deployment_protection_rule", """{"environment_name":"production"}"""),
        ("GET", "/repos/chain/node/issues?state=perhaps", null),
    ];

    private static CancellationToken Cancellation => ConnectedGitHub.Cancellation;

    [Fact]
    public async Task EveryRequest_AndItsAnswer_IsAsGitHubDescribesThem()
    {
        await using var github = await ConnectedGitHub.StartAppAsync();
        await using var prism = await PrismServer.StartAsync(github.Server.Address, Described);
        github.Set("token", github.Server.AddToken(github.Ada, scopes: "repo"));
        using var token = github.Another(options => options with { ApiUrl = prism.Address });
        using var app = github.Another(options => options with { ApiUrl = prism.Address, Token = null, App = new GitHubAppOptions("77", "key", null) });

        try
        {
            await token.DiagnoseAsync(Cancellation);
            await app.DiagnoseAsync(Cancellation);
            await AskOfIssuesAsync(token);
            await AskOfCommitsAsync(github, app);
            await AskOfActionsAsync(github, app);
        }
        catch (GitHubException refused)
        {
            Assert.Fail($"{refused.Message}\n{prism.Said}");
        }

        var asked = github.Server.Requests.Select(request => Described.Single(described => Fits(described, request))).Distinct();
        Assert.Equal(Described.Order(), asked.Order());
    }

    [Fact]
    public async Task Control_WrongRequestsAndAnswers_AreToldFromRightOnes()
    {
        await using var github = await ConnectedGitHub.StartAsync();
        await using var prism = await PrismServer.StartAsync(github.Server.Address, Described);

        foreach (var (method, path, body) in Wrong) Assert.Equal((path, HttpStatusCode.UnprocessableEntity), (path, await StatusAsync(prism, method, path, body)));
        Assert.Empty(github.Server.Requests);

        github.Server.Faults.Answer(new FakeGitHubAnswer(200, new JsonObject { ["id"] = "many" }));
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync(prism, "GET", "/repos/chain/node/issues/1", null));
        Assert.Single(github.Server.Requests);
    }

    private static async Task AskOfIssuesAsync(GitHubClient client)
    {
        var milestone = await client.CreateMilestoneAsync(ConnectedGitHub.Repository, "v2", "Second", new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), Cancellation);
        await client.CreateLabelAsync(ConnectedGitHub.Repository, new GitHubLabel("release", "0e8a16", "A release"), Cancellation);
        await client.ListMilestonesAsync(ConnectedGitHub.Repository, Cancellation);
        await client.ListLabelsAsync(ConnectedGitHub.Repository, Cancellation);
        var issue = await client.CreateIssueAsync(ConnectedGitHub.Repository, new GitHubNewIssue("Release", "text") { Labels = ["release"], Milestone = milestone.Number }, Cancellation);
        await client.AddLabelsAsync(ConnectedGitHub.Repository, issue.Number, ["urgent"], Cancellation);
        await client.UpdateIssueAsync(ConnectedGitHub.Repository, issue.Number, new GitHubIssueChange { Title = "R", Body = "b", State = GitHubState.Closed, Labels = ["done"], Milestone = milestone.Number }, Cancellation);
        await client.UpdateIssueAsync(ConnectedGitHub.Repository, issue.Number, new GitHubIssueChange { State = GitHubState.Open }, Cancellation);
        await client.GetIssueAsync(ConnectedGitHub.Repository, issue.Number, Cancellation);
        var filter = new GitHubIssueFilter { Labels = ["done"], Creator = "ada", State = GitHubState.Open, Since = issue.CreatedAt };
        Assert.Single(await client.ListIssuesAsync(ConnectedGitHub.Repository, filter, Cancellation));
        await client.ListIssuesAsync(ConnectedGitHub.Repository, new GitHubIssueFilter(), Cancellation);
        var comment = await client.CreateCommentAsync(ConnectedGitHub.Repository, issue.Number, "hello", Cancellation);
        await client.UpdateCommentAsync(ConnectedGitHub.Repository, comment.Id, "hello again", Cancellation);
        await client.GetCommentAsync(ConnectedGitHub.Repository, comment.Id, Cancellation);
        await client.ListCommentsAsync(ConnectedGitHub.Repository, issue.Number, issue.CreatedAt, Cancellation);
        foreach (var reaction in Enum.GetValues<GitHubReaction>()) await client.ReactAsync(ConnectedGitHub.Repository, comment.Id, reaction, Cancellation);
    }

    private static async Task AskOfCommitsAsync(ConnectedGitHub github, GitHubClient client)
    {
        var repository = github.Server.Repository("chain/node");
        var sha = repository.Refs["main"];
        repository.CheckRuns.Add(new FakeCheckRun("build", sha, "completed", "success") { Id = 1, StartedAt = github.Time.GetUtcNow(), CompletedAt = github.Time.GetUtcNow() });
        repository.Statuses.Add(new FakeStatus("ci/legacy", sha, "success", github.Time.GetUtcNow()));
        await client.GetRepositoryAsync(ConnectedGitHub.Repository, Cancellation);
        await client.GetCommitAsync(ConnectedGitHub.Repository, "main", Cancellation);
        await client.ListCheckRunsAsync(ConnectedGitHub.Repository, sha, Cancellation);
        await client.GetCombinedStatusAsync(ConnectedGitHub.Repository, sha, Cancellation);
    }

    private static async Task AskOfActionsAsync(ConnectedGitHub github, GitHubClient client)
    {
        var dispatch = await client.DispatchWorkflowAsync(ConnectedGitHub.Repository, "deploy.yml", "main", new Dictionary<string, string> { ["environment"] = "testnet" }, Cancellation);
        await github.Server.SetRunAsync("chain/node", dispatch.RunId!.Value, "completed", "success", new FakeJob(5, "deploy", "completed", "success"));
        await client.GetWorkflowRunAsync(ConnectedGitHub.Repository, dispatch.RunId.Value, Cancellation);
        await client.ListJobsAsync(ConnectedGitHub.Repository, dispatch.RunId.Value, Cancellation);
        var filter = new GitHubWorkflowRunFilter { Event = "workflow_dispatch", Branch = "main", CreatedSince = github.Time.GetUtcNow(), HeadSha = new string('a', 40) };
        await client.ListWorkflowRunsAsync(ConnectedGitHub.Repository, "deploy.yml", filter, Cancellation);
        await client.ListWorkflowRunsAsync(ConnectedGitHub.Repository, "deploy.yml", new GitHubWorkflowRunFilter(), Cancellation);
        var waiting = await github.Server.RequestProtectionAsync(1001, "chain/node", "production", github.App!);
        await client.ListPendingDeploymentsAsync(ConnectedGitHub.Repository, waiting.Id, Cancellation);
        await client.AnswerProtectionRuleAsync(ConnectedGitHub.Repository, waiting.Id, "production", GitHubVerdict.Pending, "soaking", Cancellation);
        await client.AnswerProtectionRuleAsync(ConnectedGitHub.Repository, waiting.Id, "production", GitHubVerdict.Approved, "soaked", Cancellation);
        var wanted = new GitHubNewDeployment("main", "production") { Payload = new Dictionary<string, string> { ["run"] = "r1" }, Description = "A rollout", Production = true };
        var deployment = await client.CreateDeploymentAsync(ConnectedGitHub.Repository, wanted, Cancellation);
        foreach (var state in Enum.GetValues<GitHubDeploymentState>())
        {
            var status = new GitHubNewDeploymentStatus(state) { Description = "so", LogUrl = new Uri("https://rollouts.example.org/r1"), EnvironmentUrl = new Uri("https://example.org"), AutoInactive = false };
            await client.CreateDeploymentStatusAsync(ConnectedGitHub.Repository, deployment.Id, status, Cancellation);
        }

        await client.ListDeploymentsAsync(ConnectedGitHub.Repository, new GitHubDeploymentFilter { Environment = "production", Ref = "main", Sha = deployment.Sha, Task = "deploy" }, Cancellation);
        await client.ListDeploymentStatusesAsync(ConnectedGitHub.Repository, deployment.Id, Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(PrismServer prism, string method, string path, string? body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(prism.Address, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    // "comments" is no number of an issue.
    private static bool Fits(string described, FakeGitHubRequest request)
    {
        if (described.Contains("{issue_number}", StringComparison.Ordinal) && request.Path.Contains("/issues/comments/", StringComparison.Ordinal)) return false;
        return Regex.IsMatch($"{request.Method} {request.Path}", $"^{Place().Replace(described, "[^/]+")}$");
    }

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Place();
}
