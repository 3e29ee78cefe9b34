using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a workflow run's state means for the step that waits for it. Pure.</summary>
internal static class WorkflowConclusion
{
    /// <summary>Passed, Failed, or Waiting while it goes on.</summary>
    public static StepVerdict VerdictOf(GitHubWorkflowRun run) => run switch
    {
        { Status: not "completed" } => StepVerdict.Waiting,
        { Conclusion: "success" } => StepVerdict.Passed,
        // Also skipped and neutral: what was to be done was not done.
        _ => StepVerdict.Failed,
    };

    /// <summary>How it stands, as the end of a sentence.</summary>
    public static string Describe(GitHubWorkflowRun run, IReadOnlyList<GitHubJob> jobs)
    {
        if (run.Status != "completed") return run.Status == "waiting" ? "waits for an approval at GitHub" : $"is {run.Status?.Replace('_', ' ') ?? "not started"}";
        var failed = jobs.Where(job => job.Conclusion is not (null or "success" or "skipped" or "neutral")).ToList();
        var which = failed.Count == 0 ? "" : $" ({string.Join(", ", failed.Take(5).Select(job => $"{job.Name}: {job.Conclusion}"))})";
        return $"ended with {run.Conclusion ?? "no conclusion"}{which}";
    }
}
