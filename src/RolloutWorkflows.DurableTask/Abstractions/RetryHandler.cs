namespace RolloutWorkflows.DurableTask;

/// <summary>Decides after a failure whether to try again. Runs within the orchestration, so it must be deterministic.</summary>
/// <returns><see langword="true"/> to try again at once.</returns>
public delegate bool RetryHandler(RetryContext retryContext);
