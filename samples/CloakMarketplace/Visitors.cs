namespace CloakMarketplace;

/// <summary>
/// The people who use the marketplace: each of them asks for a paid run a minute on every surface that is switched on and
/// lets them in. What they did since somebody last looked is made up when somebody looks, minute by minute.
/// </summary>
internal sealed class Visitors(Market market, Switches switches, IAudience audience, Telemetry telemetry, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Surfaces = ["web", "mobile", "extension"];

    /// <summary>Everybody there is: the core team, operators, testers, users of the extension, and the public.</summary>
    public static readonly IReadOnlyList<string> Wallets =
    [
        .. Numbered("core", 3), .. Numbered("operator", 6), .. Numbered("tester", 4), .. Numbered("plugin", 4), .. Numbered("public", 8),
    ];

    private long caughtUp = Telemetry.MinuteOf(time.GetUtcNow());
    private int nonces;

    public static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"0x{name}{number}"));

    /// <summary>Makes up for the minutes that have passed, at most those that the telemetry shows, and returns its document as of the last of them.</summary>
    public async Task<object> CatchUpAsync(CancellationToken cancellation)
    {
        var open = new List<(string Surface, Admission Admits)>();
        if (switches.Backend)
        {
            foreach (var surface in Surfaces.Where(switches.Has)) open.Add((surface, await audience.OfAsync(surface, cancellation)));
        }

        lock (market.Door)
        {
            var now = Telemetry.MinuteOf(time.GetUtcNow());
            for (var minute = Math.Max(caughtUp + 1, now - Telemetry.Minutes + 1); minute <= now; minute++)
            {
                telemetry.Minute = minute;
                foreach (var (surface, admits) in open)
                    foreach (var wallet in Wallets.Where(admits.Admits)) Visit(surface, wallet);
            }

            telemetry.Minute = null;
            caughtUp = Math.Max(caughtUp, now);
            // Under a fast clock minutes pass while this is counted; a document of a later one would find nothing in it.
            return telemetry.Document(caughtUp);
        }
    }

    private void Visit(string surface, string wallet)
    {
        const string Agent = "summarizer";
        var payment = Payments.Sign(wallet, Market.PriceOf(Agent)!.Value, FormattableString.Invariant($"visit-{++nonces}"));
        market.Run(surface, wallet, Agent, key: null, payment);
        telemetry.Answered(limited: false);
    }
}
