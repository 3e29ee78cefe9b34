using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What of a run's record a GitHub deployment shows, as a status of its own. Pure.</summary>
/// <param name="State">The status.</param>
/// <param name="Description">One line, as GitHub shows it beside the status.</param>
internal sealed record DeploymentStep(GitHubDeploymentState State, string Description)
{
    private const int LongestDescription = 140;

    /// <summary>The status that a line of the record makes; null: none.</summary>
    public static DeploymentStep? Of(RunLogEntry line) => line.Kind switch
    {
        RunLogKind.StageOpened => Step(GitHubDeploymentState.InProgress, line.Attempt > 1 ? $"{line.Message} (attempt {line.Attempt})" : line.Message),
        RunLogKind.StagePromoted => Step(GitHubDeploymentState.InProgress, line.Message),
        RunLogKind.RollbackStarted => Step(GitHubDeploymentState.InProgress, line.Message),
        RunLogKind.RollbackFinished => Step(GitHubDeploymentState.Failure, line.Message),
        RunLogKind.Ended => Step(line.DataAs<RunEnd>()?.State == RunState.Succeeded ? GitHubDeploymentState.Success : GitHubDeploymentState.Inactive, line.Message),
        _ => null,
    };

    private static DeploymentStep Step(GitHubDeploymentState state, string description) => new(state, IssueText.OneLine(description, LongestDescription - 1));
}
