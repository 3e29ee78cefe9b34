namespace RolloutWorkflows.Host;

/// <summary>Times as counterparts tell them: by the second. What happened within that second may have been before or after. Pure.</summary>
internal static class SpokenTime
{
    /// <summary>The second in which a moment lies, to compare with what a counterpart tells.</summary>
    public static DateTimeOffset SecondOf(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
