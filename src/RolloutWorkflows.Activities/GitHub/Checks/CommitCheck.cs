namespace RolloutWorkflows.Activities;

/// <summary>A check or a status of a commit, as far as it counts.</summary>
/// <param name="Name">The check's name, or the status' context.</param>
/// <param name="State">How it stands.</param>
/// <param name="Says">GitHub's own word for it, such as <c>timed_out</c>.</param>
/// <param name="At">When it finished, or last said something.</param>
/// <param name="Url">Its page.</param>
internal sealed record CommitCheck(string Name, CommitCheckState State, string Says, DateTimeOffset? At, string? Url)
{
    /// <summary>All checks and statuses of a commit, the latest of each name and App, by name.</summary>
    public static IReadOnlyList<CommitCheck> Of(IReadOnlyList<GitHubCheckRun> runs, GitHubCombinedStatus statuses) =>
    [
        .. runs
            .GroupBy(run => (run.Name, run.App))
            .Select(group => Of(group.OrderByDescending(run => run.StartedAt ?? DateTimeOffset.MaxValue).ThenByDescending(run => run.Id).First()))
            .Concat(statuses.Statuses
                .GroupBy(status => status.Context, StringComparer.Ordinal)
                .Select(group => Of(group.MaxBy(status => status.UpdatedAt)!)))
            .OrderBy(check => check.Name, StringComparer.Ordinal),
    ];

    private static CommitCheck Of(GitHubCheckRun run)
    {
        var says = run.Status == "completed" ? run.Conclusion ?? "no conclusion" : run.Status;
        var state = run.Status != "completed" ? CommitCheckState.Running
            : run.Conclusion is "success" or "neutral" or "skipped" ? CommitCheckState.Green
            : CommitCheckState.Red;
        return new CommitCheck(run.Name, state, says, run.CompletedAt ?? run.StartedAt, run.Url);
    }

    private static CommitCheck Of(GitHubStatus status) => new(
        status.Context,
        status.State switch { "success" => CommitCheckState.Green, "pending" => CommitCheckState.Running, _ => CommitCheckState.Red },
        status.State, status.UpdatedAt, status.Url);
}
