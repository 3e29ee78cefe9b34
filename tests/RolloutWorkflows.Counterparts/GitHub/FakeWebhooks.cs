using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace RolloutWorkflows.Counterparts;

/// <summary>Sends what happened to one address, signed, in order; or keeps or loses it, as a test says. Safe for use by many threads at once.</summary>
public sealed class FakeWebhooks : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Channel<(FakeDelivery Delivery, TaskCompletionSource<int?> Done)> _queue = Channel.CreateUnbounded<(FakeDelivery, TaskCompletionSource<int?>)>();
    private readonly List<FakeDelivery> _deliveries = [];
    private readonly Task _pump;

    internal FakeWebhooks() => _pump = Task.Run(PumpAsync);

    /// <summary>Where they go; null: nowhere.</summary>
    public Uri? Target { get; set; }

    /// <summary>What they are signed with.</summary>
    public string Secret { get; set; } = "it's a secret";

    /// <summary>True: what happens is kept in <see cref="Deliveries"/> and sent only by <see cref="SendAsync(FakeDelivery)"/>.</summary>
    public bool Hold { get; set; }

    /// <summary>True: what happens from now on is lost, as in an outage of GitHub's deliveries.</summary>
    public bool Drop { get; set; }

    /// <summary>Everything that happened, sent or not, in order; not what was lost.</summary>
    public IReadOnlyList<FakeDelivery> Deliveries
    {
        get
        {
            lock (_deliveries) return [.. _deliveries];
        }
    }

    /// <summary>Sends one, for the first time or again: the id and the body stay the same. Gives the answer's status; null: no answer.</summary>
    public async Task<int?> SendAsync(FakeDelivery delivery)
    {
        if (Target is not { } target) return null;
        using var request = RequestFor(delivery, target);
        try
        {
            using var answer = await _http.SendAsync(request);
            var status = (int)answer.StatusCode;
            delivery.Answers.Enqueue(status);
            return status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The request of a delivery, for tests that change something about it.</summary>
    public HttpRequestMessage RequestFor(FakeDelivery delivery, Uri target)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/044aadd");
        request.Headers.Add("X-GitHub-Delivery", delivery.Id);
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Hook-ID", "292430182");
        request.Headers.Add("X-Hub-Signature-256", Sign(delivery.Body));
        return request;
    }

    /// <summary>The signature of a body.</summary>
    public string Sign(byte[] body) => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}";

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _http.CancelPendingRequests();
        await _pump;
        _http.Dispose();
    }

    /// <summary>Notes what happened, and sends it in its turn. Ends when it is answered, or at once where nothing is sent.</summary>
    internal Task<int?> Post(FakeDelivery delivery)
    {
        if (Drop) return Task.FromResult<int?>(null);
        lock (_deliveries) _deliveries.Add(delivery);
        if (Hold || Target is null) return Task.FromResult<int?>(null);
        var done = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.Writer.TryWrite((delivery, done)) ? done.Task : Task.FromResult<int?>(null);
    }

    private async Task PumpAsync()
    {
        await foreach (var (delivery, done) in _queue.Reader.ReadAllAsync())
        {
            try
            {
                done.SetResult(await SendAsync(delivery));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
            {
                done.SetResult(null);
            }
        }
    }
}
