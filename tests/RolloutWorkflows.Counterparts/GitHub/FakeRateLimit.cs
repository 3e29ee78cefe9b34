namespace RolloutWorkflows.Counterparts;

/// <summary>How many requests a token may still make.</summary>
public sealed class FakeRateLimit(int limit, int remaining, DateTimeOffset resetsAt)
{
    public int Limit { get; } = limit;

    public int Remaining { get; set; } = remaining;

    public DateTimeOffset ResetsAt { get; } = resetsAt;
}
