namespace Web4Service;

/// <summary>Visits the service over HTTP as its users would, at a steady rate. Ends with the process.</summary>
internal sealed class TrafficGenerator(ServiceOptions options, Visitors visitors, IntentBar bar, TimeProvider time)
{
    private const int MostAtOnce = 64;

    private const int FirstVisits = 20;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes the first visits one after the other, so that whoever looks at the status then finds numbers.</summary>
    public async Task WarmUpAsync(Uri service, CancellationToken stopping)
    {
        if (options.Traffic <= 0) return;
        using var http = ClientOf(service);
        using var atOnce = new SemaphoreSlim(0);
        for (var visit = 0; visit < FirstVisits; visit++) await VisitAsync(http, visitors.Next(), atOnce, stopping);
    }

    public async Task RunAsync(Uri service, CancellationToken stopping)
    {
        if (options.Traffic <= 0) return;
        using var http = ClientOf(service);
        using var atOnce = new SemaphoreSlim(MostAtOnce);
        using var beats = new PeriodicTimer(Beat, time);
        var owed = 0d;
        try
        {
            while (await beats.WaitForNextTickAsync(stopping))
            {
                for (owed = Math.Min(owed + options.Traffic * Beat.TotalSeconds, MostAtOnce); owed >= 1; owed--)
                {
                    await atOnce.WaitAsync(stopping);
                    _ = VisitAsync(http, visitors.Next(), atOnce, stopping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    /// <summary>Those come who would have come since the last look, where the service is told how many.</summary>
    public async Task VisitBeforeALookAsync(CancellationToken cancellation)
    {
        for (var visit = 0; visit < options.VisitsPerLook; visit++)
        {
            var user = visitors.Next();
            visitors.Remember(user, (await bar.VisitAsync(user, cancellation)).HasFeature);
        }
    }

    private static HttpClient ClientOf(Uri service) =>
        new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = MostAtOnce }) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(5) };

    private async Task VisitAsync(HttpClient http, string user, SemaphoreSlim atOnce, CancellationToken stopping)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"/?user={Uri.EscapeDataString(user)}", UriKind.Relative), stopping);
            visitors.Remember(user, response.Headers.TryGetValues(IntentBar.Header, out var bar) && bar.Contains("new"));
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
