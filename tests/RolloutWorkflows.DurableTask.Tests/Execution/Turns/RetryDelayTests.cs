using RolloutWorkflows.DurableTask.Execution.Turns;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class RetryDelayTests
{
    private static readonly TaskFailedException Failure = new("a", 0, new TaskFailureDetails("E", "m", null, null, null));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    public void Delay_AfterAnAttempt_GrowsUpToItsLongest(int attempt, int seconds)
    {
        RetryPolicy policy = new(10, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryLoop.NextDelay(policy, attempt, TimeSpan.Zero, Failure));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(int.MaxValue - 1)]
    public void Delay_OfAPolicyWithoutBounds_StillEndsWithinTheCalendar(int attempt)
    {
        RetryPolicy policy = new(int.MaxValue, TimeSpan.MaxValue / 3, 2.5, TimeSpan.MaxValue, TimeSpan.MaxValue);

        TimeSpan? delay = RetryLoop.NextDelay(policy, attempt, TimeSpan.Zero, Failure);

        Assert.Equal(TimeSpan.FromDays(3650), delay);
        Assert.Equal(delay, RetryLoop.NextDelay(new(int.MaxValue, TimeSpan.MaxValue, 1, TimeSpan.MaxValue), attempt, TimeSpan.Zero, Failure));
    }

    [Fact]
    public void Delay_AfterTheLastAttempt_IsNone() =>
        Assert.Null(RetryLoop.NextDelay(new(3, TimeSpan.FromSeconds(1)), 3, TimeSpan.Zero, Failure));

    [Fact]
    public void Delay_AfterTheTimeout_IsNone()
    {
        RetryPolicy policy = new(10, TimeSpan.FromSeconds(1), retryTimeout: TimeSpan.FromSeconds(5));

        Assert.NotNull(RetryLoop.NextDelay(policy, 1, TimeSpan.FromSeconds(4), Failure));
        Assert.Null(RetryLoop.NextDelay(policy, 1, TimeSpan.FromSeconds(5), Failure));
    }

    [Fact]
    public void Delay_OfAFailureThatThePolicyDoesNotHandle_IsNone()
    {
        RetryPolicy policy = new(10, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.ErrorType != "E" };

        Assert.Null(RetryLoop.NextDelay(policy, 1, TimeSpan.Zero, Failure));
    }

    [Fact]
    public void Delay_OfAFailureThatRetryingCannotMend_NeverAsksThePolicy()
    {
        bool asked = false;
        RetryPolicy policy = new(10, TimeSpan.FromSeconds(1)) { HandleFailure = _ => asked = true };
        TaskFailedException final = new("a", 0, new TaskFailureDetails("E", "m", null, null, null) { IsNonRetriable = true });

        Assert.Null(RetryLoop.NextDelay(policy, 1, TimeSpan.Zero, final));
        Assert.False(asked);
    }
}
