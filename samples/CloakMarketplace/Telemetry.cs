namespace CloakMarketplace;

/// <summary>What happened in the last ten minutes, by surface and minute. Not thread-safe: the market keeps one lock for everything.</summary>
internal sealed class Telemetry(TimeProvider time)
{
    public const int Minutes = 10;

    private readonly Dictionary<(string Surface, long Minute), Counts> counts = [];

    public static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>Where traffic is made up for minutes that have passed: the minute that it belongs to.</summary>
    public long? Minute { get; set; }

    public void Requested(string surface) => Of(surface).Requested++;

    public void Failed(string surface) => Of(surface).Failed++;

    public void Payment(string surface, bool failed)
    {
        var now = Of(surface);
        now.Payments++;
        if (failed) now.FailedPayments++;
    }

    public void Mismatch(string surface) => Of(surface).Mismatches++;

    public void Answered(bool limited)
    {
        var now = Of("api");
        now.Answers++;
        if (limited) now.Limited++;
    }

    /// <summary>The document: sums and shares of the last ten minutes, a surface that nobody uses with zeros.</summary>
    /// <param name="latest">The last of the ten minutes.</param>
    public object Document(long latest)
    {
        foreach (var old in counts.Keys.Where(key => key.Minute <= latest - Minutes).ToList()) counts.Remove(old);
        var api = Sum("api");
        return new
        {
            windowMinutes = Minutes,
            funnel = new { events = counts.Values.Sum(count => count.Requested + count.Failed + count.Payments) },
            web = Surface("web"),
            mobile = Surface("mobile"),
            extension = Surface("extension"),
            responses = new { total = api.Answers, rateLimited = api.Limited, rateLimitedRatio = Ratio(api.Limited, api.Answers) },
        };
    }

    private object Surface(string name)
    {
        var sum = Sum(name);
        return new
        {
            funnel = new { runRequested = sum.Requested, runFailed = sum.Failed, runFailedRatio = Ratio(sum.Failed, sum.Requested) },
            x402 = new { attempts = sum.Payments, failed = sum.FailedPayments, failureRatio = Ratio(sum.FailedPayments, sum.Payments) },
            evidenceMismatches = sum.Mismatches,
        };
    }

    private Counts Sum(string surface)
    {
        var sum = new Counts();
        foreach (var (_, one) in counts.Where(pair => pair.Key.Surface == surface)) sum.Add(one);
        return sum;
    }

    private Counts Of(string surface)
    {
        var key = (surface, Minute ?? MinuteOf(time.GetUtcNow()));
        return counts.TryGetValue(key, out var known) ? known : counts[key] = new Counts();
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private sealed class Counts
    {
        public long Requested { get; set; }

        public long Failed { get; set; }

        public long Payments { get; set; }

        public long FailedPayments { get; set; }

        public long Mismatches { get; set; }

        public long Answers { get; set; }

        public long Limited { get; set; }

        public void Add(Counts other)
        {
            Requested += other.Requested;
            Failed += other.Failed;
            Payments += other.Payments;
            FailedPayments += other.FailedPayments;
            Mismatches += other.Mismatches;
            Answers += other.Answers;
            Limited += other.Limited;
        }
    }
}
