namespace RolloutWorkflows.Activities;

/// <summary>GitHub did not do what it was asked, or did not say that it did. The message is a sentence for people and never holds a secret.</summary>
public sealed class GitHubException(GitHubFailure kind, string message, bool notDone, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>Why.</summary>
    public GitHubFailure Kind { get; } = kind;

    /// <summary>True where what was asked was surely not done. False: it may have been done, so look before asking again.</summary>
    public bool NotDone { get; } = notDone;

    /// <summary>The soonest another try makes sense, where that is known.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True where the same request may succeed later without anybody changing anything.</summary>
    public bool MayPass => Kind is GitHubFailure.RateLimited or GitHubFailure.Unavailable;
}
