namespace RolloutWorkflows.Activities;

/// <summary>Why Slack did not do what it was asked.</summary>
public enum SlackProblem
{
    /// <summary>Too many requests: later.</summary>
    RateLimited,

    /// <summary>Not reached, no answer, or broken at its end: later.</summary>
    Unavailable,

    /// <summary>Understood and not taken; the same request will not be taken later either.</summary>
    Refused,

    /// <summary>The token is missing, wrong, revoked, or may not do that: an operator has to act.</summary>
    Unauthorized,
}
