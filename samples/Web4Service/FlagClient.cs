using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Web4Service;

/// <summary>Asks the flag server on each request. A server that is slow, away or wrong means that the feature is off.</summary>
internal sealed class FlagClient(ServiceOptions options) : IFlags, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http = Create(options.Key);

    private long _unanswered;

    /// <summary>How often the server gave no usable answer.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    public async Task<FlagAnswer> AskAsync(string user, CancellationToken cancellation)
    {
        if (options.Flags is not { } server) return FlagAnswer.Off;
        try
        {
            var address = new Uri(server, $"/flags/{Uri.EscapeDataString(options.Flag)}/evaluate?user={Uri.EscapeDataString(user)}");
            using var response = await _http.GetAsync(address, cancellation);
            // Before its first stage the flag does not exist: that is an answer, and it is no.
            if (response.StatusCode == HttpStatusCode.NotFound) return FlagAnswer.Off;
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<FlagAnswer>(cancellation) ?? FlagAnswer.Off;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            Interlocked.Increment(ref _unanswered);
            return FlagAnswer.Off;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Create(string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        if (!string.IsNullOrWhiteSpace(key)) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        return http;
    }
}
