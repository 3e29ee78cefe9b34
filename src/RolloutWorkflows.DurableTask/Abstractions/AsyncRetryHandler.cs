namespace RolloutWorkflows.DurableTask;

/// <summary>Decides after a failure whether to try again; may wait on durable timers first. Runs within the orchestration, so it must be deterministic.</summary>
/// <returns><see langword="true"/> to try again.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
