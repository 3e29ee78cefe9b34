using System.Collections.Concurrent;

namespace CloakMarketplace;

/// <summary>What can be broken, and what is broken now. Thread-safe.</summary>
internal sealed class Faults
{
    /// <summary>Two of three settlements fail, of payments that come over the web.</summary>
    public const string SettlementFailures = "settlement-failures";

    /// <summary>One run of five fails, of those that are asked for on mobile.</summary>
    public const string RunFailuresMobile = "run-failures-mobile";

    /// <summary>A repeated request with the same key is carried out, and paid, again.</summary>
    public const string BrokenIdempotency = "broken-idempotency";

    /// <summary>What the evidence of a paid run says and what was paid differ, in the extension.</summary>
    public const string EvidenceMismatch = "evidence-mismatch";

    /// <summary>Nobody is told to wait, however many requests they send.</summary>
    public const string NoRateLimit = "no-rate-limit";

    private readonly ConcurrentDictionary<string, bool> on = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Known { get; } = [SettlementFailures, RunFailuresMobile, BrokenIdempotency, EvidenceMismatch, NoRateLimit];

    public static bool IsKnown(string name) => Known.Contains(name);

    public bool Has(string name) => on.ContainsKey(name);

    public void Set(string name, bool broken)
    {
        if (broken) on[name] = true;
        else on.TryRemove(name, out _);
    }
}
