namespace RolloutWorkflows.Activities;

/// <summary>Answers the custom deployment protection rule of a GitHub Actions environment with the verdict of a run. Thread-safe.</summary>
public interface IDeploymentProtection
{
    /// <summary>
    /// Takes note of a deployment that waits. It is kept when the call returns, and is answered now or later; the same request several times is
    /// one request. Whoever calls has ten seconds for everything, so nothing of GitHub is waited for.
    /// </summary>
    Task TakeAsync(GitHubProtectionRequest request, CancellationToken cancellation = default);
}
