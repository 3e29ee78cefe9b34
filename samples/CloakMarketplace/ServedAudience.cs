using System.Net.Http.Headers;
using System.Text.Json;

namespace CloakMarketplace;

/// <summary>The audience as the rollout server's flags say.</summary>
internal sealed class ServedAudience : IAudience, IDisposable
{
    private readonly HttpClient? http;

    /// <param name="flags">The server; null: nobody is let in.</param>
    /// <param name="key">The key that it is asked with.</param>
    public ServedAudience(Uri? flags, string? key)
    {
        if (flags is null) return;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = flags, Timeout = TimeSpan.FromSeconds(2) };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async ValueTask<Admission> OfAsync(string surface, CancellationToken cancellation)
    {
        if (http is null) return Admission.Nobody;
        try
        {
            using var answer = await http.GetAsync(new Uri($"flags/cloak_marketplace_{surface}", UriKind.Relative), cancellation);
            if (!answer.IsSuccessStatusCode) return Admission.Nobody;
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            var flag = document.RootElement.GetProperty("flag");
            if (!flag.GetProperty("enabled").GetBoolean()) return Admission.Nobody;
            var canary = flag.GetProperty("canary");
            var wallets = canary.GetProperty("enabled").GetBoolean() ? canary.GetProperty("users").EnumerateArray().Select(user => user.GetString()!).ToList() : [];
            return new Admission(flag.GetProperty("percent").GetDouble() >= 100, wallets);
        }
        catch (Exception none) when (none is HttpRequestException or JsonException or KeyNotFoundException or TaskCanceledException)
        {
            // Nobody is let in while nobody can be asked.
            return Admission.Nobody;
        }
    }

    public void Dispose() => http?.Dispose();
}
