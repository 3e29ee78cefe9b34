namespace Web4Service;

/// <summary>
/// Visits the service over HTTP as its users would, at a steady rate. As with any service a few come often: the
/// regulars, some frequent users, and those who have the feature, so that a small cohort still says something. All
/// others come in turn. Ends with the process.
/// </summary>
internal sealed class TrafficGenerator(ServiceOptions options, TimeProvider time)
{
    private const int MostAtOnce = 64;

    private const int FirstVisits = 20;

    private const int FrequentUsers = 50;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly List<string> _withFeature = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _regular;
    private int _frequent;
    private int _next;
    private int _recent;

    /// <summary>Makes the first visits one after the other, so that whoever looks at the status then finds numbers.</summary>
    public async Task WarmUpAsync(Uri service, CancellationToken stopping)
    {
        if (options.Traffic <= 0) return;
        using var http = ClientOf(service);
        using var atOnce = new SemaphoreSlim(0);
        for (var visit = 0; visit < FirstVisits; visit++) await VisitAsync(http, Pick(visit), atOnce, stopping);
    }

    public async Task RunAsync(Uri service, CancellationToken stopping)
    {
        if (options.Traffic <= 0) return;
        using var http = ClientOf(service);
        using var atOnce = new SemaphoreSlim(MostAtOnce);
        using var beats = new PeriodicTimer(Beat, time);
        var owed = 0d;
        var made = 0;
        try
        {
            while (await beats.WaitForNextTickAsync(stopping))
            {
                for (owed = Math.Min(owed + options.Traffic * Beat.TotalSeconds, MostAtOnce); owed >= 1; owed--)
                {
                    await atOnce.WaitAsync(stopping);
                    _ = VisitAsync(http, Pick(made++), atOnce, stopping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private static HttpClient ClientOf(Uri service) =>
        new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = MostAtOnce }) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(5) };

    private string Pick(int number)
    {
        var slot = number % 10;
        if (slot == 0 && options.Regulars.Count > 0) return options.Regulars[_regular++ % options.Regulars.Count];
        if (slot <= 3)
        {
            lock (_lock)
            {
                if (_withFeature.Count > 0) return _withFeature[_recent++ % _withFeature.Count];
            }
        }

        return $"user-{(slot <= 7 ? _frequent++ % Math.Min(FrequentUsers, options.Population) : _next++ % options.Population)}";
    }

    private async Task VisitAsync(HttpClient http, string user, SemaphoreSlim atOnce, CancellationToken stopping)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"/?user={Uri.EscapeDataString(user)}", UriKind.Relative), stopping);
            Remember(user, response.Headers.TryGetValues(IntentBar.Header, out var bar) && bar.Contains("new"));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // A visitor who gets no answer goes away; the service's own counts tell of it.
        }
        finally
        {
            Release(atOnce);
        }
    }

    private void Remember(string user, bool hasFeature)
    {
        lock (_lock)
        {
            if (hasFeature && _known.Add(user)) _withFeature.Add(user);
            else if (!hasFeature && _known.Remove(user)) _withFeature.Remove(user);
        }
    }

    private static void Release(SemaphoreSlim atOnce)
    {
        try
        {
            atOnce.Release();
        }
        catch (ObjectDisposedException)
        {
            // The generator ended while this visit was under way.
        }
    }
}
