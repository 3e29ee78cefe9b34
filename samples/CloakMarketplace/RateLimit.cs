namespace CloakMarketplace;

/// <summary>So many requests of each caller in a minute, the minute counted from the caller's first. Not thread-safe.</summary>
/// <param name="most">How many.</param>
/// <param name="speed">How fast the clock runs. Requests take real time, in which a fast clock's minutes fly past: then a caller is free again after a pause.</param>
/// <param name="faults">What is broken now.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimit(int most, double speed, Faults faults, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>In real time: longer than between two requests of a burst, shorter than any compressed wait.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(75);

    private readonly Dictionary<string, (DateTimeOffset Since, DateTimeOffset Last, int Count)> callers = new(StringComparer.Ordinal);

    /// <summary>Null: go on. Otherwise how long the caller must wait.</summary>
    public TimeSpan? Wait(string caller)
    {
        var now = time.GetUtcNow();
        var (since, _, count) = callers.TryGetValue(caller, out var known) && !IsFree(known.Since, known.Last, now) ? known : (now, now, 0);
        callers[caller] = (since, now, count + 1);
        if (count < most || faults.Has(Faults.NoRateLimit)) return null;
        return since + Minute > now ? since + Minute - now : Minute;
    }

    private bool IsFree(DateTimeOffset since, DateTimeOffset last, DateTimeOffset now) =>
        Pause * speed > Minute ? now - last >= Pause * speed : now - since >= Minute;
}
