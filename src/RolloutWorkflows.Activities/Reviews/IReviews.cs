namespace RolloutWorkflows.Activities;

/// <summary>Drafts post-incident reviews of runs that went back. Reads only. Thread-safe.</summary>
public interface IReviews
{
    /// <summary>The review of the run's last rollback; null where it never went back, or there is no such run.</summary>
    /// <exception cref="IOException">The host's own template cannot be read; the message says which.</exception>
    Task<ReviewDraft?> DraftAsync(string runId, CancellationToken cancellation = default);
}
