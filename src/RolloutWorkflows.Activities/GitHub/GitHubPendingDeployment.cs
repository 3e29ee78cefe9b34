namespace RolloutWorkflows.Activities;

/// <summary>An environment that a workflow run waits for.</summary>
/// <param name="EnvironmentId">Its number.</param>
/// <param name="Environment">Its name.</param>
/// <param name="MayApprove">True where our account is one of its reviewers.</param>
public sealed record GitHubPendingDeployment(long EnvironmentId, string Environment, bool MayApprove);
