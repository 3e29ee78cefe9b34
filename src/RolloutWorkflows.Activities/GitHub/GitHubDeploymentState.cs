namespace RolloutWorkflows.Activities;

/// <summary>How a deployment stands.</summary>
public enum GitHubDeploymentState
{
    Queued,
    Pending,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}
