namespace CloakMarketplace;

/// <summary>
/// Agents for hire: whoever is let in asks for a run, pays for it, gets it once however often the request is repeated,
/// and can look at the evidence of what was paid. Not thread-safe: whoever calls it holds <see cref="Door"/>.
/// </summary>
internal sealed class Market(Faults faults, Telemetry telemetry, Payments payments, TimeProvider time)
{
    /// <summary>The agent that checks may run: it costs nothing and does nothing.</summary>
    public const string Probe = "probe";

    /// <summary>In millionths of a dollar.</summary>
    private static readonly Dictionary<string, long> Prices = new(StringComparer.Ordinal) { ["summarizer"] = 20_000, ["translator"] = 35_000, [Probe] = 0 };

    private readonly Dictionary<(string Wallet, string Key), (string Agent, RunAnswer Answer)> answered = [];
    private readonly Dictionary<string, PaidRun> runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> effects = new(StringComparer.Ordinal);
    private int numbered;

    public Lock Door { get; } = new();

    public static IReadOnlyCollection<string> Agents => Prices.Keys;

    public static long? PriceOf(string agent) => Prices.TryGetValue(agent, out var price) ? price : null;

    public PaidRun? Find(string runId) => runs.GetValueOrDefault(runId);

    /// <summary>How many runs were made of requests with this key.</summary>
    public int EffectsOf(string key) => effects.GetValueOrDefault(key);

    /// <summary>Asks for a run.</summary>
    /// <param name="surface">web, mobile or extension; api for integrators.</param>
    /// <param name="wallet">Who asks.</param>
    /// <param name="agent">Which agent.</param>
    /// <param name="key">The idempotency key, the wallet's own; null: each request is one of its own.</param>
    /// <param name="payment">The X-PAYMENT header; null: none.</param>
    public RunAnswer Run(string surface, string wallet, string agent, string? key, string? payment)
    {
        if (key is not null && answered.TryGetValue((wallet, key), out var before) && !faults.Has(Faults.BrokenIdempotency))
            return before.Agent == agent ? before.Answer : new RunAnswer(422, null, "the key was used for another request");
        if (PriceOf(agent) is not { } price) return new RunAnswer(404, null, $"there is no agent '{agent}'");
        telemetry.Requested(surface);
        if (price > 0 && payment is null) return new RunAnswer(402, null, "X-PAYMENT header is required");
        if (price > 0 && payments.Verify(payment!, price, surface).Problem is { } problem) return new RunAnswer(402, null, problem);

        var answer = Carry(surface, wallet, agent, price);
        if (key is not null && answer.Status == 200)
        {
            answered[(wallet, key)] = (agent, answer);
            effects[key] = EffectsOf(key) + 1;
        }

        return answer;
    }

    private RunAnswer Carry(string surface, string wallet, string agent, long price)
    {
        var number = ++numbered;
        // A few runs fail on any day; the agents are other people's.
        var breaks = number % 331 == 0 || (surface == "mobile" && faults.Has(Faults.RunFailuresMobile) && number % 5 == 0);
        if (breaks && agent != Probe)
        {
            telemetry.Failed(surface);
            return new RunAnswer(502, null, "the agent failed; nothing was charged");
        }

        var runId = FormattableString.Invariant($"run-{number:000000}");
        var transaction = price > 0 ? payments.Settle(runId, surface) : null;
        if (price > 0 && transaction is null) return new RunAnswer(402, null, "the payment could not be settled");
        var differs = price > 0 && surface == "extension" && faults.Has(Faults.EvidenceMismatch) && number % 20 == 0;
        if (differs) telemetry.Mismatch(surface);
        var run = new PaidRun { RunId = runId, Agent = agent, Wallet = wallet, Surface = surface, Paid = price, Transaction = transaction, PaidByEvidence = differs ? price + 1 : price, At = time.GetUtcNow() };
        runs[runId] = run;
        return new RunAnswer(200, run);
    }
}
