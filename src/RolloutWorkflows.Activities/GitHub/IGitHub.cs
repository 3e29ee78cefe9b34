namespace RolloutWorkflows.Activities;

/// <summary>
/// The GitHub that the host's configuration names, github.com or Enterprise Server. Every call that gets no good answer throws a
/// <see cref="GitHubException"/>, which says whether what was asked was surely not done and how long to wait; nothing is
/// tried again by itself where it might be done twice. While GitHub has asked us to wait nothing is sent at all.
/// Lists are read page by page as far as asked. Thread-safe; one per process.
/// </summary>
public interface IGitHub
{
    /// <summary>False: the host's configuration names no GitHub, and every call fails with <see cref="GitHubFailure.NotConnected"/>.</summary>
    bool IsConnected { get; }

    /// <summary>Who we are. Remembered once known.</summary>
    Task<GitHubSelf> WhoAmIAsync(CancellationToken cancellation = default);

    /// <summary>What can be told about the connection.</summary>
    Task<GitHubDiagnosis> DiagnoseAsync(CancellationToken cancellation = default);

    Task<GitHubRepositoryDetails> GetRepositoryAsync(GitHubRepository repository, CancellationToken cancellation = default);

    Task<GitHubIssue> CreateIssueAsync(GitHubRepository repository, GitHubNewIssue issue, CancellationToken cancellation = default);

    Task<GitHubIssue> GetIssueAsync(GitHubRepository repository, int number, CancellationToken cancellation = default);

    Task<GitHubIssue> UpdateIssueAsync(GitHubRepository repository, int number, GitHubIssueChange change, CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<GitHubIssue>> ListIssuesAsync(GitHubRepository repository, GitHubIssueFilter filter, CancellationToken cancellation = default);

    /// <summary>Adds labels to those the issue has. Gives all that it has then.</summary>
    Task<IReadOnlyList<string>> AddLabelsAsync(GitHubRepository repository, int number, IReadOnlyList<string> labels, CancellationToken cancellation = default);

    /// <summary>The history of an issue's text, newest first; empty where it was never edited.</summary>
    Task<IReadOnlyList<GitHubBodyEdit>> ListBodyEditsAsync(GitHubRepository repository, int number, CancellationToken cancellation = default);

    /// <summary>All comments of an issue, oldest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="number">The issue.</param>
    /// <param name="since">Only those changed at or after this moment.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<GitHubComment>> ListCommentsAsync(GitHubRepository repository, int number, DateTimeOffset? since = null, CancellationToken cancellation = default);

    Task<GitHubComment> GetCommentAsync(GitHubRepository repository, long commentId, CancellationToken cancellation = default);

    Task<GitHubComment> CreateCommentAsync(GitHubRepository repository, int number, string body, CancellationToken cancellation = default);

    Task<GitHubComment> UpdateCommentAsync(GitHubRepository repository, long commentId, string body, CancellationToken cancellation = default);

    /// <summary>Puts a reaction on a comment. Putting the same one again changes nothing.</summary>
    Task ReactAsync(GitHubRepository repository, long commentId, GitHubReaction reaction, CancellationToken cancellation = default);

    /// <summary>Open and closed ones.</summary>
    Task<IReadOnlyList<GitHubMilestone>> ListMilestonesAsync(GitHubRepository repository, CancellationToken cancellation = default);

    /// <summary>A title that is there already is <see cref="GitHubFailure.Validation"/>.</summary>
    Task<GitHubMilestone> CreateMilestoneAsync(GitHubRepository repository, string title, string? description = null, DateTimeOffset? dueOn = null, CancellationToken cancellation = default);

    Task<IReadOnlyList<GitHubLabel>> ListLabelsAsync(GitHubRepository repository, CancellationToken cancellation = default);

    /// <summary>A name that is there already is <see cref="GitHubFailure.Validation"/>.</summary>
    Task<GitHubLabel> CreateLabelAsync(GitHubRepository repository, GitHubLabel label, CancellationToken cancellation = default);

    /// <param name="repository">The repository.</param>
    /// <param name="reference">Commit, branch or tag.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<GitHubCommit> GetCommitAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default);

    /// <summary>The latest check runs of a commit, branch or tag.</summary>
    Task<IReadOnlyList<GitHubCheckRun>> ListCheckRunsAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default);

    /// <summary>The statuses of a commit, branch or tag.</summary>
    Task<GitHubCombinedStatus> GetCombinedStatusAsync(GitHubRepository repository, string reference, CancellationToken cancellation = default);

    /// <summary>Starts a workflow.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="workflow">The workflow's file name or number.</param>
    /// <param name="reference">Branch or tag.</param>
    /// <param name="inputs">The workflow's inputs.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<GitHubDispatch> DispatchWorkflowAsync(GitHubRepository repository, string workflow, string reference, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation = default);

    /// <summary>Runs of one workflow, newest first.</summary>
    Task<IReadOnlyList<GitHubWorkflowRun>> ListWorkflowRunsAsync(GitHubRepository repository, string workflow, GitHubWorkflowRunFilter filter, CancellationToken cancellation = default);

    Task<GitHubWorkflowRun> GetWorkflowRunAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default);

    /// <summary>The jobs of a workflow run's latest attempt.</summary>
    Task<IReadOnlyList<GitHubJob>> ListJobsAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default);

    Task<GitHubDeployment> CreateDeploymentAsync(GitHubRepository repository, GitHubNewDeployment deployment, CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<GitHubDeployment>> ListDeploymentsAsync(GitHubRepository repository, GitHubDeploymentFilter filter, CancellationToken cancellation = default);

    Task<GitHubDeploymentStatus> CreateDeploymentStatusAsync(GitHubRepository repository, long deploymentId, GitHubNewDeploymentStatus status, CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<GitHubDeploymentStatus>> ListDeploymentStatusesAsync(GitHubRepository repository, long deploymentId, CancellationToken cancellation = default);

    /// <summary>The environments that a workflow run waits for.</summary>
    Task<IReadOnlyList<GitHubPendingDeployment>> ListPendingDeploymentsAsync(GitHubRepository repository, long runId, CancellationToken cancellation = default);

    /// <summary>Answers a custom deployment protection rule; only a GitHub App may.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="runId">The workflow run.</param>
    /// <param name="environment">The environment that waits.</param>
    /// <param name="verdict">The answer.</param>
    /// <param name="comment">Markdown, at most 1,024 characters; GitHub takes ten reports.</param>
    /// <param name="cancellation">Gives up.</param>
    Task AnswerProtectionRuleAsync(GitHubRepository repository, long runId, string environment, GitHubVerdict verdict, string comment, CancellationToken cancellation = default);
}
