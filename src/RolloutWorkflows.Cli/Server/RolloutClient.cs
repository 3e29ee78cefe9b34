using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>The server's HTTP API as typed calls, with the caller's key where there is one. A redirect is never followed: it could lead the key elsewhere. Every refusal becomes a <see cref="ServerProblemException"/>.</summary>
internal sealed class RolloutClient(Uri server, string? key = null) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Uri Server { get; } = server;

    public Task<StartRolloutAnswer> StartAsync(StartRolloutRequest request, CancellationToken cancellation) =>
        SendAsync<StartRolloutAnswer>(HttpMethod.Post, "api/rollouts", request, cancellation);

    /// <summary>Every check of a start and the plan; nothing is started.</summary>
    public Task<StartPreviewAnswer> PreviewStartAsync(StartRolloutRequest request, CancellationToken cancellation) =>
        SendAsync<StartPreviewAnswer>(HttpMethod.Post, "api/rollouts?dryRun=true", request, cancellation);

    /// <summary>A run, with what its record has gained after a position; 0: all of it.</summary>
    public Task<RolloutDetails> GetAsync(string runId, long after, CancellationToken cancellation) =>
        SendAsync<RolloutDetails>(HttpMethod.Get, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"api/rollouts/{Uri.EscapeDataString(runId)}?after={after}"), null, cancellation);

    public Task<RolloutPage> ListAsync(string query, CancellationToken cancellation) =>
        SendAsync<RolloutPage>(HttpMethod.Get, $"api/rollouts{query}", null, cancellation);

    public Task<CommandAnswer> CommandAsync(string runId, string command, CommandRequest request, CancellationToken cancellation) =>
        SendAsync<CommandAnswer>(HttpMethod.Post, $"api/rollouts/{Uri.EscapeDataString(runId)}/commands/{command}", request, cancellation);

    /// <summary>Attaches a document to a run.</summary>
    public Task<AttachDocumentAnswer> AttachAsync(string runId, string name, byte[] content, string? mediaType, string? reason, CancellationToken cancellation)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType ?? "application/octet-stream");
        var why = string.IsNullOrEmpty(reason) ? "" : $"?reason={Uri.EscapeDataString(reason)}";
        return SendAsync<AttachDocumentAnswer>(HttpMethod.Put, $"api/rollouts/{Uri.EscapeDataString(runId)}/documents/{Uri.EscapeDataString(name)}{why}", body, cancellation);
    }

    /// <summary>Holds every run that has not ended.</summary>
    public Task<EveryRunAnswer> HoldAllAsync(CommandRequest request, CancellationToken cancellation) =>
        SendAsync<EveryRunAnswer>(HttpMethod.Post, "api/rollouts/commands/hold", request, cancellation);

    /// <summary>What a rollback would do now.</summary>
    public Task<RollbackPreviewAnswer> PreviewRollbackAsync(string runId, CancellationToken cancellation, string? surface = null) =>
        SendAsync<RollbackPreviewAnswer>(HttpMethod.Get, $"api/rollouts/{Uri.EscapeDataString(runId)}/rollback{(surface is null ? "" : $"?surface={Uri.EscapeDataString(surface)}")}", null, cancellation);

    public Task<HealthReport> HealthAsync(CancellationToken cancellation) => SendAsync<HealthReport>(HttpMethod.Get, "health", null, cancellation);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Get, path, null, cancellation);

    /// <summary>An answer as it came, in the first of the media types that the server has.</summary>
    public Task<string> GetTextAsync(string path, string accept, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, accept, (answer, stopping) => answer.Content.ReadAsStringAsync(stopping), cancellation);

    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        SendAsync(method, path, body, accept: null, async (answer, stopping) => await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, stopping) ?? throw new JsonException("null"), cancellation);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, string? accept, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body, body.GetType(), options: ApiJson.Options);
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode) throw new ServerProblemException(await ReadProblemAsync(answer, cancellation));
            return await read(answer, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new ServerUnreachableException(Server, error.InnerException?.Message ?? error.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerUnreachableException(Server, "no answer within 60 s");
        }
        catch (JsonException)
        {
            throw new ServerUnreachableException(Server, "it answers, but not as a rollout server does");
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json" &&
            await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options, cancellation) is { } problem) return problem;
        throw new JsonException("not a problem answer");
    }
}
