using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Workflows and deployments.</summary>
internal sealed partial class GitHubClient
{
    private const int LongestReport = 1024;
    private const int LongestDescription = 140;

    public async Task<GitHubDispatch> DispatchWorkflowAsync(GitHubRepository repository, string workflow, string reference, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation = default)
    {
        var body = ObjectOf(("ref", reference), ("inputs", inputs.Count == 0 ? null : ObjectOf(inputs)), ("return_run_details", true));
        try
        {
            return await DispatchAsync(repository, workflow, body, cancellation);
        }
        catch (GitHubException older) when (older.Kind == GitHubFailure.Validation && older.Message.Contains("return_run_details", StringComparison.Ordinal))
        {
            // Enterprise Server of an earlier year does not know the member, and did nothing.
            body.Remove("return_run_details");
            return await DispatchAsync(repository, workflow, body, cancellation);
        }
    }

    public Task<IReadOnlyList<GitHubWorkflowRun>> ListWorkflowRunsAsync(GitHubRepository repository, string workflow, GitHubWorkflowRunFilter filter, CancellationToken cancellation = default)
    {
        var path = GitHubPath.With(
            GitHubPath.Of(repository, "actions", "workflows", workflow, "runs"),
            ("event", filter.Event),
            ("branch", filter.Branch),
            ("created", filter.CreatedSince is { } since ? $">={GitHubPath.Show(since)}" : null),
            ("head_sha", filter.HeadSha),
            ("per_page", PageOf(filter.Limit)));
        return ListAsync(repository, path, "workflow_runs", GitHubReading.WorkflowRun, filter.Limit, cancellation);
    }

    public Task<GitHubWorkflowRun> GetWorkflowRunAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default) =>
        GetAsync(repository, GitHubPath.Of(repository, "actions", "runs", runId), GitHubReading.WorkflowRun, cancellation);

    public Task<IReadOnlyList<GitHubJob>> ListJobsAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "actions", "runs", runId, "jobs"), ("filter", "latest"), ("per_page", PageSize)), "jobs", GitHubReading.Job, null, cancellation);

    public Task<GitHubDeployment> CreateDeploymentAsync(GitHubRepository repository, GitHubNewDeployment deployment, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "deployments"),
        ObjectOf(
            ("ref", deployment.Ref),
            ("environment", deployment.Environment),
            ("task", deployment.Task),
            ("description", Cut(deployment.Description, LongestDescription)),
            ("payload", deployment.Payload.Count == 0 ? null : ObjectOf(deployment.Payload)),
            ("auto_merge", false),
            ("required_contexts", new JsonArray()),
            ("transient_environment", deployment.Transient),
            ("production_environment", deployment.Production)),
        GitHubReading.Deployment,
        cancellation);

    public Task<IReadOnlyList<GitHubDeployment>> ListDeploymentsAsync(GitHubRepository repository, GitHubDeploymentFilter filter, CancellationToken cancellation = default)
    {
        var path = GitHubPath.With(
            GitHubPath.Of(repository, "deployments"),
            ("environment", filter.Environment),
            ("ref", filter.Ref),
            ("sha", filter.Sha),
            ("task", filter.Task),
            ("per_page", PageOf(filter.Limit)));
        return ListAsync(repository, path, null, GitHubReading.Deployment, filter.Limit, cancellation);
    }

    public Task<GitHubDeploymentStatus> CreateDeploymentStatusAsync(GitHubRepository repository, long deploymentId, GitHubNewDeploymentStatus status, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "deployments", deploymentId, "statuses"),
        ObjectOf(
            ("state", GitHubReading.Word(status.State)),
            ("description", Cut(status.Description, LongestDescription)),
            ("log_url", status.LogUrl?.AbsoluteUri),
            ("environment_url", status.EnvironmentUrl?.AbsoluteUri),
            ("auto_inactive", status.AutoInactive)),
        GitHubReading.DeploymentStatus,
        cancellation);

    public Task<IReadOnlyList<GitHubDeploymentStatus>> ListDeploymentStatusesAsync(GitHubRepository repository, long deploymentId, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "deployments", deploymentId, "statuses"), ("per_page", PageSize)), null, GitHubReading.DeploymentStatus, null, cancellation);

    public Task<IReadOnlyList<GitHubPendingDeployment>> ListPendingDeploymentsAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.Of(repository, "actions", "runs", runId, "pending_deployments"), null, GitHubReading.PendingDeployment, null, cancellation);

    public Task AnswerProtectionRuleAsync(GitHubRepository repository, long runId, string environment, GitHubVerdict verdict, string comment, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "actions", "runs", runId, "deployment_protection_rule"),
        ObjectOf(("environment_name", environment), ("state", verdict == GitHubVerdict.Pending ? null : verdict.ToString().ToLowerInvariant()), ("comment", Cut(comment, LongestReport))),
        json => json,
        cancellation);

    private Task<GitHubDispatch> DispatchAsync(GitHubRepository repository, string workflow, JsonObject body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "actions", "workflows", workflow, "dispatches"),
        body,
        json => json.ValueKind == JsonValueKind.Object ? new GitHubDispatch(json.LongOrNull("workflow_run_id"), json.TextOrNull("html_url")) : new GitHubDispatch(null, null),
        cancellation);

    private static JsonObject ObjectOf(IReadOnlyDictionary<string, string> texts) => new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));

    // Half a pair of signs that belong together is no text.
    private static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
}
