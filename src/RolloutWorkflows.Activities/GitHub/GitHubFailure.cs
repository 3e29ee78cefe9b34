namespace RolloutWorkflows.Activities;

/// <summary>Why GitHub did not do what it was asked.</summary>
public enum GitHubFailure
{
    /// <summary>The host's configuration connects it to no GitHub.</summary>
    NotConnected,

    /// <summary>There is no such thing, or it is hidden from us.</summary>
    NotFound,

    /// <summary>We may not.</summary>
    Forbidden,

    /// <summary>The token or the App's key is not accepted.</summary>
    Unauthorized,

    /// <summary>The request makes no sense to GitHub.</summary>
    Validation,

    /// <summary>Asked too often; <see cref="GitHubException.RetryAfter"/> says how long to wait.</summary>
    RateLimited,

    /// <summary>No answer, or a broken one: later tries may succeed.</summary>
    Unavailable,

    /// <summary>It contradicts what is there already.</summary>
    Conflict,

    /// <summary>It was there once: a deleted issue, issues switched off.</summary>
    Gone,
}
