using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Commits, workflows and deployments.</summary>
internal static partial class Shape
{
    public static JsonObject Commit(string sha, FakeRepository repository, Uri address)
    {
        var api = Api(repository, address);
        JsonObject By() => new() { ["name"] = "Ada", ["email"] = "ada@example.com", ["date"] = Moment(repository.CreatedAt) };
        return new JsonObject
        {
            ["url"] = $"{api}/commits/{sha}",
            ["sha"] = sha,
            ["node_id"] = "C_1",
            ["html_url"] = Of(address, $"{repository.FullName}/commit/{sha}"),
            ["comments_url"] = $"{api}/commits/{sha}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = $"{api}/git/commits/{sha}",
                ["author"] = By(),
                ["committer"] = By(),
                ["message"] = "A change",
                ["comment_count"] = 0,
                ["tree"] = new JsonObject { ["sha"] = sha, ["url"] = $"{api}/git/trees/{sha}" },
            },
            ["author"] = null,
            ["committer"] = null,
            ["parents"] = new JsonArray(),
        };
    }

    public static JsonObject CheckRun(FakeCheckRun run, FakeRepository repository, Uri address) => new()
    {
        ["id"] = run.Id,
        ["node_id"] = Node("CR", run.Id),
        ["head_sha"] = run.Sha,
        ["external_id"] = "",
        ["name"] = run.Name,
        ["url"] = $"{Api(repository, address)}/check-runs/{run.Id}",
        ["html_url"] = Of(address, $"{repository.FullName}/runs/{run.Id}"),
        ["details_url"] = null,
        ["status"] = run.Status,
        ["conclusion"] = run.Conclusion,
        ["started_at"] = MomentOrNull(run.StartedAt),
        ["completed_at"] = MomentOrNull(run.CompletedAt),
        ["check_suite"] = new JsonObject { ["id"] = 1 },
        ["output"] = new JsonObject { ["title"] = null, ["summary"] = null, ["text"] = null, ["annotations_count"] = 0, ["annotations_url"] = $"{Api(repository, address)}/check-runs/{run.Id}/annotations" },
        ["app"] = new JsonObject
        {
            ["id"] = 15368,
            ["slug"] = run.App,
            ["node_id"] = "A_15368",
            ["owner"] = User(new FakeAccount(9919, "github", "Organization"), address),
            ["name"] = run.App,
            ["description"] = "",
            ["external_url"] = "https://example.com",
            ["html_url"] = Of(address, $"apps/{run.App}"),
            ["created_at"] = "2020-01-01T00:00:00Z",
            ["updated_at"] = "2020-01-01T00:00:00Z",
            ["permissions"] = new JsonObject { ["checks"] = "write" },
            ["events"] = new JsonArray(),
        },
        ["pull_requests"] = new JsonArray(),
    };

    public static JsonObject Status(FakeStatus status, FakeRepository repository, Uri address) => new()
    {
        ["url"] = $"{Api(repository, address)}/statuses/{status.Sha}",
        ["avatar_url"] = null,
        ["id"] = 1,
        ["node_id"] = "SC_1",
        ["state"] = status.State,
        ["description"] = null,
        ["target_url"] = null,
        ["context"] = status.Context,
        ["created_at"] = Moment(status.UpdatedAt),
        ["updated_at"] = Moment(status.UpdatedAt),
    };

    public static JsonObject WorkflowRun(FakeWorkflowRun run, FakeRepository repository, Uri address)
    {
        var api = $"{Api(repository, address)}/actions/runs/{run.Id}";
        var shown = new JsonObject
        {
            ["id"] = run.Id,
            ["name"] = run.Workflow,
            ["node_id"] = Node("WFR", run.Id),
            ["head_branch"] = run.Ref,
            ["head_sha"] = run.Sha,
            ["path"] = $".github/workflows/{run.Workflow}",
            ["display_title"] = run.Workflow,
            ["run_number"] = 1,
            ["run_attempt"] = 1,
            ["event"] = run.Event,
            ["status"] = run.Status,
            ["conclusion"] = run.Conclusion,
            ["workflow_id"] = 161335,
            ["url"] = api,
            ["html_url"] = Of(address, $"{repository.FullName}/actions/runs/{run.Id}"),
            ["pull_requests"] = new JsonArray(),
            ["created_at"] = Moment(run.CreatedAt),
            ["updated_at"] = Moment(run.UpdatedAt),
            ["actor"] = User(run.Actor, address),
            ["triggering_actor"] = User(run.Actor, address),
            ["run_started_at"] = Moment(run.CreatedAt),
            ["check_suite_url"] = $"{Api(repository, address)}/check-suites/1",
            ["workflow_url"] = $"{Api(repository, address)}/actions/workflows/161335",
            ["head_commit"] = null,
            ["repository"] = MinimalRepository(repository, address),
            ["head_repository"] = MinimalRepository(repository, address),
        };
        foreach (var name in new[] { "jobs", "logs", "cancel", "rerun", "artifacts" }) shown[$"{name}_url"] = $"{api}/{name}";
        return shown;
    }

    public static JsonObject Job(FakeJob job, FakeWorkflowRun run, FakeRepository repository, Uri address)
    {
        var shown = new JsonObject
        {
            ["id"] = job.Id,
            ["run_id"] = run.Id,
            ["run_url"] = $"{Api(repository, address)}/actions/runs/{run.Id}",
            ["node_id"] = Node("CR", job.Id),
            ["head_sha"] = run.Sha,
            ["head_branch"] = run.Ref,
            ["workflow_name"] = run.Workflow,
            ["url"] = $"{Api(repository, address)}/actions/jobs/{job.Id}",
            ["html_url"] = Of(address, $"{repository.FullName}/actions/runs/{run.Id}/job/{job.Id}"),
            ["status"] = job.Status,
            ["conclusion"] = job.Conclusion,
            ["created_at"] = Moment(run.CreatedAt),
            ["started_at"] = Moment(run.CreatedAt),
            ["completed_at"] = job.Status == "completed" ? Moment(run.UpdatedAt) : null,
            ["name"] = job.Name,
            ["check_run_url"] = $"{Api(repository, address)}/check-runs/{job.Id}",
            ["labels"] = new JsonArray("ubuntu-latest"),
        };
        foreach (var name in new[] { "runner_id", "runner_name", "runner_group_id", "runner_group_name" }) shown[name] = null;
        return shown;
    }

    public static JsonObject Deployment(FakeDeployment deployment, FakeRepository repository, Uri address)
    {
        var api = $"{Api(repository, address)}/deployments/{deployment.Id}";
        return new JsonObject
        {
            ["url"] = api,
            ["id"] = deployment.Id,
            ["node_id"] = Node("DE", deployment.Id),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Ref,
            ["task"] = deployment.Task,
            ["payload"] = deployment.Payload?.DeepClone() ?? new JsonObject(),
            ["original_environment"] = deployment.Environment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["creator"] = User(deployment.Creator, address),
            ["created_at"] = Moment(deployment.CreatedAt),
            ["updated_at"] = Moment(deployment.Statuses.LastOrDefault()?.CreatedAt ?? deployment.CreatedAt),
            ["statuses_url"] = $"{api}/statuses",
            ["repository_url"] = Api(repository, address),
        };
    }

    public static JsonObject DeploymentStatus(FakeDeploymentStatus status, FakeDeployment deployment, FakeRepository repository, Uri address) => new()
    {
        ["url"] = $"{Api(repository, address)}/deployments/{deployment.Id}/statuses/{status.Id}",
        ["id"] = status.Id,
        ["node_id"] = Node("DES", status.Id),
        ["state"] = status.State,
        ["creator"] = User(status.Creator, address),
        ["description"] = status.Description,
        ["environment"] = deployment.Environment,
        ["target_url"] = status.LogUrl,
        ["log_url"] = status.LogUrl,
        ["environment_url"] = status.EnvironmentUrl,
        ["created_at"] = Moment(status.CreatedAt),
        ["updated_at"] = Moment(status.CreatedAt),
        ["deployment_url"] = $"{Api(repository, address)}/deployments/{deployment.Id}",
        ["repository_url"] = Api(repository, address),
    };

    public static JsonObject PendingDeployment(string environment, FakeRepository repository, Uri address) => new()
    {
        ["environment"] = new JsonObject
        {
            ["id"] = 56780428,
            ["node_id"] = "EN_56780428",
            ["name"] = environment,
            ["url"] = $"{Api(repository, address)}/environments/{Uri.EscapeDataString(environment)}",
            ["html_url"] = Of(address, $"{repository.FullName}/deployments/activity_log"),
        },
        ["wait_timer"] = 0,
        ["wait_timer_started_at"] = null,
        ["current_user_can_approve"] = false,
        ["reviewers"] = new JsonArray(),
    };
}
