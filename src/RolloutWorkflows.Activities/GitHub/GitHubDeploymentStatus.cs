namespace RolloutWorkflows.Activities;

/// <summary>How a deployment stood at one time.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">The state.</param>
/// <param name="Description">A short text.</param>
/// <param name="LogUrl">Where more is to be read.</param>
/// <param name="CreatedAt">When.</param>
public sealed record GitHubDeploymentStatus(long Id, GitHubDeploymentState State, string? Description, string? LogUrl, DateTimeOffset CreatedAt);
