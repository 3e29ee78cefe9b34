namespace RolloutWorkflows.Activities;

/// <summary>Takes up what people wrote as comments on a release issue, so that a command of which no webhook told is not lost. Thread-safe.</summary>
public interface ICommentCatchUp
{
    /// <summary>Makes a command of every new comment that holds one; the same comment twice acts once.</summary>
    /// <exception cref="GitHubException">GitHub did not answer: the comments are found again.</exception>
    Task TakeUpAsync(string runId, IssuePlace place, CancellationToken cancellation = default);
}
