using System.Net.Sockets;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The one way in which activities ask other services: without cookies, without following redirects, with a time limit
/// and with a cap on what is read of an answer. Requests of playbooks go only where the host's grants let them, to the
/// address that was judged. Thread-safe; one per process.
/// </summary>
internal sealed class OutboundHttp(Grants grants, EgressGuard egress, TimeProvider time) : IDisposable
{
    /// <summary>For the addresses that the operator configured.</summary>
    private readonly HttpClient _trusted = ClientOf(new SocketsHttpHandler
    {
        // Addresses may move while a rollout goes on for weeks.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        Proxy = new LoopbackBypass(HttpClient.DefaultProxy),
    });

    /// <summary>For the addresses of playbooks. Each request connects anew, since one playbook's connection is not another's; a proxy would hide where it goes.</summary>
    private readonly HttpClient _granted = ClientOf(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        ConnectCallback = egress.ConnectAsync,
    });

    /// <summary>Sends a request of a playbook, as an address of the operator is asked, where the playbook is granted its address.</summary>
    /// <param name="playbook">The playbook's name.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="maximumBytes">How much of the body is kept.</param>
    /// <param name="cancellation">Gives up; passed on as it is.</param>
    public Task<OutboundAnswer> SendForAsync(string playbook, HttpRequestMessage request, TimeSpan timeout, int maximumBytes, CancellationToken cancellation)
    {
        var address = request.RequestUri!;
        if (grants.RefusalOfEgress(playbook, address) is { } refusal) throw new OutboundException(refusal, notSent: true);
        request.Options.Set(EgressGuard.AllowPrivate, grants.AllowsPrivate(playbook, address));
        return AskAsync(_granted, request, timeout, maximumBytes, cancellation);
    }

    /// <summary>Sends a request to an address of the operator's and reads the answer's beginning. Throws an <see cref="OutboundException"/> with a sentence for people where there is no answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="maximumBytes">How much of the body is kept.</param>
    /// <param name="cancellation">Gives up; passed on as it is.</param>
    public Task<OutboundAnswer> SendAsync(HttpRequestMessage request, TimeSpan timeout, int maximumBytes, CancellationToken cancellation) =>
        AskAsync(_trusted, request, timeout, maximumBytes, cancellation);

    public void Dispose()
    {
        _trusted.Dispose();
        _granted.Dispose();
    }

    private async Task<OutboundAnswer> AskAsync(HttpClient client, HttpRequestMessage request, TimeSpan timeout, int maximumBytes, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var started = time.GetTimestamp();
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var (body, truncated) = await ReadAsync(response.Content, maximumBytes, both.Token);
            return new OutboundAnswer((int)response.StatusCode, body, truncated, time.GetElapsedTime(started)) { Headers = HeadersOf(response) };
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

    private static HttpClient ClientOf(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)) headers[name] = string.Join(", ", values);
        return headers;
    }

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
        exception.InnerException is EgressRefusedException ||
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static string Explain(Exception exception) => exception switch
    {
        { InnerException: EgressRefusedException refused } => refused.Message,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection was refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is unknown",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made",
        _ => $"the connection broke: {exception.Message}",
    };
}
