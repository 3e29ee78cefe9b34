using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Commits, workflows and deployments.</summary>
internal static partial class GitHubReading
{
    public static GitHubCommit Commit(JsonElement commit)
    {
        var inner = commit.GetProperty("commit");
        var committer = inner.TryGetProperty("committer", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new GitHubCommit(commit.Text("sha"), inner.TextOrNull("message") ?? "", committer.ValueKind == JsonValueKind.Object ? committer.MomentOrNull("date") : null, commit.Text("html_url"));
    }

    public static GitHubCheckRun CheckRun(JsonElement run) => new()
    {
        Id = run.Long("id"),
        Name = run.Text("name"),
        Status = run.Text("status"),
        Conclusion = run.TextOrNull("conclusion"),
        App = run.TryGetProperty("app", out var app) && app.ValueKind == JsonValueKind.Object ? app.TextOrNull("slug") : null,
        HeadSha = run.Text("head_sha"),
        StartedAt = run.MomentOrNull("started_at"),
        CompletedAt = run.MomentOrNull("completed_at"),
        Url = run.TextOrNull("html_url"),
    };

    public static GitHubStatus Status(JsonElement status) => new(status.Text("context"), status.Text("state"), status.Moment("updated_at"), status.TextOrNull("target_url"));

    public static GitHubWorkflowRun WorkflowRun(JsonElement run) => new()
    {
        Id = run.Long("id"),
        Name = run.TextOrNull("name"),
        Title = run.TextOrNull("display_title"),
        WorkflowId = run.Long("workflow_id"),
        Event = run.Text("event"),
        Status = run.TextOrNull("status"),
        Conclusion = run.TextOrNull("conclusion"),
        HeadSha = run.Text("head_sha"),
        HeadBranch = run.TextOrNull("head_branch"),
        Attempt = (int)(run.LongOrNull("run_attempt") ?? 1),
        Actor = User(run, "actor"),
        CreatedAt = run.Moment("created_at"),
        UpdatedAt = run.Moment("updated_at"),
        Url = run.Text("html_url"),
    };

    public static GitHubJob Job(JsonElement job) => new(job.Long("id"), job.Text("name"), job.Text("status"), job.TextOrNull("conclusion"), job.MomentOrNull("completed_at"), job.TextOrNull("html_url"));

    public static GitHubDeployment Deployment(JsonElement deployment) => new()
    {
        Id = deployment.Long("id"),
        Ref = deployment.Text("ref"),
        Sha = deployment.Text("sha"),
        Environment = deployment.Text("environment"),
        Task = deployment.Text("task"),
        Description = deployment.TextOrNull("description"),
        Payload = Payload(deployment),
        Creator = User(deployment, "creator"),
        CreatedAt = deployment.Moment("created_at"),
        Url = deployment.Text("url"),
    };

    public static GitHubDeploymentStatus DeploymentStatus(JsonElement status) => new(
        status.Long("id"), DeploymentState(status.Text("state")), status.TextOrNull("description"), status.TextOrNull("log_url"), status.Moment("created_at"));

    public static GitHubPendingDeployment PendingDeployment(JsonElement pending)
    {
        var environment = pending.GetProperty("environment");
        return new GitHubPendingDeployment(environment.Long("id"), environment.Text("name"), pending.Flag("current_user_can_approve"));
    }

    public static string Word(GitHubDeploymentState state) => state == GitHubDeploymentState.InProgress ? "in_progress" : state.ToString().ToLowerInvariant();

    private static GitHubDeploymentState DeploymentState(string word) =>
        Enum.GetValues<GitHubDeploymentState>().Cast<GitHubDeploymentState?>().FirstOrDefault(state => Word(state!.Value) == word) ?? GitHubDeploymentState.Pending;

    // Some answers carry the payload as the text that it was sent as.
    private static JsonElement? Payload(JsonElement deployment)
    {
        if (!deployment.TryGetProperty("payload", out var payload)) return null;
        if (payload.ValueKind == JsonValueKind.Object) return payload;
        if (payload.ValueKind != JsonValueKind.String) return null;
        try
        {
            using var document = JsonDocument.Parse(payload.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return payload.GetString()!.Length == 0 ? null : payload;
        }
    }
}
