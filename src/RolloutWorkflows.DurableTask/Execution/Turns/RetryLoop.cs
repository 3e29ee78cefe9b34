namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Calls again after a failure, as a policy or a handler decides. Pauses are durable timers.</summary>
internal sealed class RetryLoop(OrchestrationExecution execution)
{
    // A pause must end within the calendar, or the failure that it follows would be hidden by one of the calendar.
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(3650);

    /// <summary>Runs a call as often as the retry options allow.</summary>
    public Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions retry, Func<Task<T>> call) =>
        retry.Policy is { } policy ? RunWithPolicyAsync(policy, call) : RunWithHandlerAsync(context, retry.Handler!, call);

    /// <summary>The pause after a failed attempt, or <see langword="null"/> if there shall be no further attempt.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="attempt">Number of the failed attempt, from 1.</param>
    /// <param name="elapsed">Time since the first attempt was scheduled.</param>
    /// <param name="failure">The failure.</param>
    internal static TimeSpan? NextDelay(RetryPolicy policy, int attempt, TimeSpan elapsed, TaskFailedException failure)
    {
        if (attempt >= policy.MaxNumberOfAttempts || failure.FailureDetails.IsNonRetriable || !policy.Handle(failure))
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return null;

        double milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        TimeSpan longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan || policy.MaxRetryInterval > LongestPause
            ? LongestPause
            : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private async Task<T> RunWithPolicyAsync<T>(RetryPolicy policy, Func<Task<T>> call)
    {
        DateTime firstAttempt = execution.Now;
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan? delay;
            try
            {
                return await call();
            }
            catch (TaskFailedException failure)
            {
                delay = NextDelay(policy, attempt, execution.Now - firstAttempt, failure);
                if (delay is null)
                    throw;
            }

            await execution.CreateTimer(execution.Now + delay.Value, CancellationToken.None);
        }
    }

    private async Task<T> RunWithHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        DateTime firstAttempt = execution.Now;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failure) when (!failure.FailureDetails.IsNonRetriable)
            {
                RetryContext decision = new(context, attempt, failure.FailureDetails, execution.Now - firstAttempt, CancellationToken.None);
                if (!await handler(decision))
                    throw;
            }
        }
    }
}
