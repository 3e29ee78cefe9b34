using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Commits, workflows and deployments.</summary>
public sealed partial class FakeGitHub
{
    private static readonly string[] DeploymentStates = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    private void AddCommitRoutes()
    {
        Add("GET", "/repos/{owner}/{repo}/commits/{ref}", call => WithCommit(call, sha => new FakeGitHubAnswer(200, Shape.Commit(sha, call.Repository, Address))));
        Add("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", call => WithCommit(call, sha => call.Page(
            call.Repository.CheckRuns.Where(run => run.Sha == sha).GroupBy(run => (run.Name, run.App)).Select(runs => Shape.CheckRun(runs.Last(), call.Repository, Address)), Address, "check_runs")));
        Add("GET", "/repos/{owner}/{repo}/commits/{ref}/status", call => WithCommit(call, sha => CombinedStatus(call, sha)));
    }

    private void AddActionRoutes()
    {
        Add("POST", "/repos/{owner}/{repo}/actions/workflows/{workflow}/dispatches", Dispatch);
        Add("GET", "/repos/{owner}/{repo}/actions/workflows/{workflow}/runs", ListWorkflowRuns);
        Add("GET", "/repos/{owner}/{repo}/actions/runs/{id}", call => WithRun(call, run => new FakeGitHubAnswer(200, Shape.WorkflowRun(run, call.Repository, Address))));
        Add("GET", "/repos/{owner}/{repo}/actions/runs/{id}/jobs", call => WithRun(call, run => call.Page(run.Jobs.Select(job => Shape.Job(job, run, call.Repository, Address)), Address, "jobs")));
        Add("GET", "/repos/{owner}/{repo}/actions/runs/{id}/pending_deployments", call => WithRun(call, run => new FakeGitHubAnswer(200, new JsonArray([.. run.Waiting.Select(name => Shape.PendingDeployment(name, call.Repository, Address))]))));
        Add("POST", "/repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule", call => WithRun(call, run => AnswerRule(call, run)));
        Add("GET", "/repos/{owner}/{repo}/deployments", ListDeployments);
        Add("POST", "/repos/{owner}/{repo}/deployments", CreateDeployment);
        Add("GET", "/repos/{owner}/{repo}/deployments/{id}/statuses", call => WithDeployment(call, deployment => call.Page(deployment.Statuses.AsEnumerable().Reverse().Select(status => Shape.DeploymentStatus(status, deployment, call.Repository, Address)), Address)));
        Add("POST", "/repos/{owner}/{repo}/deployments/{id}/statuses", call => WithDeployment(call, deployment => CreateDeploymentStatus(call, deployment)));
    }

    private FakeGitHubAnswer CombinedStatus(FakeGitHubCall call, string sha)
    {
        var latest = call.Repository.Statuses.Where(status => status.Sha == sha).GroupBy(status => status.Context).Select(statuses => statuses.Last()).ToList();
        var state = latest.Any(status => status.State is "failure" or "error") ? "failure" : latest.Count > 0 && latest.All(status => status.State == "success") ? "success" : "pending";
        var api = Shape.Api(call.Repository, Address);
        return new FakeGitHubAnswer(200, new JsonObject
        {
            ["state"] = state,
            ["statuses"] = new JsonArray([.. latest.Select(status => Shape.Status(status, call.Repository, Address))]),
            ["sha"] = sha,
            ["total_count"] = latest.Count,
            ["repository"] = Shape.MinimalRepository(call.Repository, Address),
            ["commit_url"] = $"{api}/commits/{sha}",
            ["url"] = $"{api}/commits/{sha}/status",
        });
    }

    private FakeGitHubAnswer Dispatch(FakeGitHubCall call)
    {
        var repository = call.Repository;
        if (repository.Workflows.Count > 0 && !repository.Workflows.Contains(call.Values["workflow"])) return FakeGitHubAnswer.NotFound;
        if (!repository.TellsDispatchedRuns && call.Body.ContainsKey("return_run_details")) return FakeGitHubAnswer.Refused(422, "Invalid request. \"return_run_details\" is not a permitted key.");
        var reference = (string?)call.Body["ref"] ?? "";
        if (repository.ShaOf(reference) is not { } sha) return FakeGitHubAnswer.Refused(422, $"No ref found for: {reference}");
        var run = new FakeWorkflowRun
        {
            Id = NextId(),
            Workflow = call.Values["workflow"],
            Ref = reference,
            Sha = sha,
            Inputs = (call.Body["inputs"] as JsonObject ?? []).ToDictionary(input => input.Key, input => (string)input.Value!),
            Actor = call.Signer.Account,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        if (repository.EndsWorkflowsAs is { } conclusion) (run.Status, run.Conclusion) = ("completed", conclusion);
        repository.WorkflowRuns.Add(run);
        if ((bool?)call.Body["return_run_details"] != true) return new FakeGitHubAnswer(204, null);
        return new FakeGitHubAnswer(200, new JsonObject
        {
            ["workflow_run_id"] = run.Id,
            ["run_url"] = $"{Shape.Api(repository, Address)}/actions/runs/{run.Id}",
            ["html_url"] = Shape.Of(Address, $"{repository.FullName}/actions/runs/{run.Id}"),
        });
    }

    private FakeGitHubAnswer ListWorkflowRuns(FakeGitHubCall call)
    {
        var created = call.Request.Parameter("created");
        var since = created is { } stated && stated.StartsWith(">=", StringComparison.Ordinal) ? Moment(stated[2..]) : null;
        var found = call.Repository.WorkflowRuns
            .Where(run => run.Workflow == call.Values["workflow"])
            .Where(run => call.Request.Parameter("event") is not { } wanted || run.Event == wanted)
            .Where(run => call.Request.Parameter("branch") is not { } branch || run.Ref == branch)
            .Where(run => call.Request.Parameter("head_sha") is not { } sha || run.Sha == sha)
            .Where(run => since is null || run.CreatedAt >= since)
            .Reverse();
        return call.Page(found.Select(run => Shape.WorkflowRun(run, call.Repository, Address)), Address, "workflow_runs");
    }

    private static FakeGitHubAnswer AnswerRule(FakeGitHubCall call, FakeWorkflowRun run)
    {
        var (environment, state, comment) = ((string?)call.Body["environment_name"], (string?)call.Body["state"], (string?)call.Body["comment"]);
        if (call.Signer.App is null) return FakeGitHubAnswer.Refused(403, "Resource not accessible by personal access token");
        if (environment is null || !run.Waiting.Contains(environment)) return FakeGitHubAnswer.Refused(422, "No pending deployment protection rule for this environment");
        if (state is not (null or "approved" or "rejected") || comment is { Length: > 1024 }) return FakeGitHubAnswer.Refused(422, "Invalid request.");
        run.Verdicts.Add((environment, state, comment));
        if (state is not null) run.Waiting.Remove(environment);
        return new FakeGitHubAnswer(204, null);
    }

    private FakeGitHubAnswer ListDeployments(FakeGitHubCall call)
    {
        bool Fits(string name, string value) => call.Request.Parameter(name) is not { } wanted || wanted == value;
        var found = call.Repository.Deployments
            .Where(deployment => Fits("environment", deployment.Environment) && Fits("ref", deployment.Ref) && Fits("sha", deployment.Sha) && Fits("task", deployment.Task))
            .Reverse();
        return call.Page(found.Select(deployment => Shape.Deployment(deployment, call.Repository, Address)), Address);
    }

    private FakeGitHubAnswer CreateDeployment(FakeGitHubCall call)
    {
        var reference = (string?)call.Body["ref"] ?? "";
        if (call.Repository.ShaOf(reference) is not { } sha) return FakeGitHubAnswer.Refused(422, $"No ref found for: {reference}");
        var deployment = new FakeDeployment
        {
            Id = NextId(),
            Ref = reference,
            Sha = sha,
            Environment = (string?)call.Body["environment"] ?? "production",
            Task = (string?)call.Body["task"] ?? "deploy",
            Description = (string?)call.Body["description"],
            Payload = call.Body["payload"]?.DeepClone(),
            Creator = call.Signer.Account,
            CreatedAt = Now,
        };
        call.Repository.Deployments.Add(deployment);
        return new FakeGitHubAnswer(201, Shape.Deployment(deployment, call.Repository, Address));
    }

    private FakeGitHubAnswer CreateDeploymentStatus(FakeGitHubCall call, FakeDeployment deployment)
    {
        if ((string?)call.Body["state"] is not { } state || !DeploymentStates.Contains(state)) return FakeGitHubAnswer.Invalid("DeploymentStatus", "state", "invalid");
        var status = new FakeDeploymentStatus(NextId(), state, (string?)call.Body["description"] ?? "", (string?)call.Body["log_url"] ?? "", (string?)call.Body["environment_url"] ?? "", call.Signer.Account, Now);
        deployment.Statuses.Add(status);
        return new FakeGitHubAnswer(201, Shape.DeploymentStatus(status, deployment, call.Repository, Address));
    }

    private static FakeGitHubAnswer WithCommit(FakeGitHubCall call, Func<string, FakeGitHubAnswer> answer) =>
        call.Repository.ShaOf(call.Values["ref"]) is { } sha ? answer(sha) : FakeGitHubAnswer.Refused(422, $"No commit found for SHA: {call.Values["ref"]}");

    private static FakeGitHubAnswer WithRun(FakeGitHubCall call, Func<FakeWorkflowRun, FakeGitHubAnswer> answer) =>
        call.Repository.WorkflowRuns.FirstOrDefault(run => run.Id == call.Number("id")) is { } found ? answer(found) : FakeGitHubAnswer.NotFound;

    private static FakeGitHubAnswer WithDeployment(FakeGitHubCall call, Func<FakeDeployment, FakeGitHubAnswer> answer) =>
        call.Repository.Deployments.FirstOrDefault(deployment => deployment.Id == call.Number("id")) is { } found ? answer(found) : FakeGitHubAnswer.NotFound;
}
