using System.Net.Sockets;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The one way in which activities ask other services: without cookies, without following redirects, with a time limit
/// and with a cap on what is read of an answer. Thread-safe; one per process.
/// </summary>
internal sealed class OutboundHttp(TimeProvider time) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Addresses may move while a rollout goes on for weeks.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        Proxy = new LoopbackBypass(HttpClient.DefaultProxy),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a request and reads the answer's beginning. Throws an <see cref="OutboundException"/> with a sentence for people where there is no answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="maximumBytes">How much of the body is kept.</param>
    /// <param name="cancellation">Gives up; passed on as it is.</param>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, TimeSpan timeout, int maximumBytes, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var started = time.GetTimestamp();
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var (body, truncated) = await ReadAsync(response.Content, maximumBytes, both.Token);
            return new OutboundAnswer((int)response.StatusCode, body, truncated, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OutboundException($"no answer within {Playbooks.PlaybookDuration.Format(timeout)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new OutboundException(Explain(exception), IsBeforeSending(exception));
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<(byte[] Body, bool Truncated)> ReadAsync(HttpContent content, int maximumBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (kept.Length + read > maximumBytes)
            {
                kept.Write(buffer, 0, maximumBytes - (int)kept.Length);
                return (kept.ToArray(), true);
            }

            kept.Write(buffer, 0, read);
        }

        return (kept.ToArray(), false);
    }

    private static bool IsBeforeSending(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static string Explain(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection was refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is unknown",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made",
        _ => $"the connection broke: {exception.Message}",
    };
}
