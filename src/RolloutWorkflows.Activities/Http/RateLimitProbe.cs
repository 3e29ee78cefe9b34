namespace RolloutWorkflows.Activities;

/// <summary>How far a check of a rate limit has come; kept between its calls.</summary>
internal sealed record RateLimitProbe
{
    /// <summary>The burst that was answered as it should be; null while it is to be sent again.</summary>
    public RateLimitBurst? Burst { get; init; }

    /// <summary>How often the window was waited for since.</summary>
    public int Waits { get; init; }
}
