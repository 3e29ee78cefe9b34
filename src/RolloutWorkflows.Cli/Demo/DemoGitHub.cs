namespace RolloutWorkflows.Cli;

/// <summary>
/// A stand-in for GitHub beside the demo (<c>samples/GitHubStandIn</c>): issues, comments, check runs, workflows and deployments
/// over GitHub's REST paths. It says in its log what it was asked for.
/// </summary>
internal sealed record DemoGitHub
{
    /// <summary>Repositories that are there, such as <c>web4/app</c>; each has a branch <c>main</c>.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>Check runs on <c>main</c> of each repository, as <c>NAME=CONCLUSION</c>, such as <c>build=success</c>.</summary>
    public IReadOnlyList<string> CheckRuns { get; init; } = [];

    /// <summary>Workflow files that can be dispatched, as <c>FILE=CONCLUSION</c>; a dispatched run ends so after a moment.</summary>
    public IReadOnlyList<string> Workflows { get; init; } = [];
}
