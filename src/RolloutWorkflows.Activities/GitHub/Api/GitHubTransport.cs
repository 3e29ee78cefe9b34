using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Sends requests to the configured GitHub and to no other host: signs them, keeps GitHub's pace, remembers answers by their
/// ETags, follows what was renamed, and turns every other outcome into a <see cref="GitHubException"/>. Thread-safe.
/// </summary>
internal sealed class GitHubTransport(GitHubOptions options, OutboundHttp http, ISecretSource secrets, TimeProvider time) : IDisposable
{
    /// <summary>The version of the API that is spoken.</summary>
    private const string Version = "2022-11-28";

    private const int MaximumBytes = 8 * 1024 * 1024;
    private const int MaximumRedirects = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GitHubCredentials _credentials = new(options, secrets, time);
    private readonly GitHubPace _pace = new(time, options.WriteInterval);
    private readonly GitHubAnswerCache _cache = new();
    private readonly GitHubAddresses _addresses = new(options);

    /// <summary>The answer, which is a good one.</summary>
    /// <exception cref="GitHubException">There is none.</exception>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellation)
    {
        if (!options.IsConnected) throw new GitHubException(GitHubFailure.NotConnected, "the host is not connected to GitHub: set extensions.rollout.gitHub in host.json", notDone: true);
        var signed = await SignAsync(request, cancellation);
        try
        {
            return await SendAsync(request, signed, cancellation);
        }
        catch (GitHubException refused) when (refused.Kind == GitHubFailure.Unauthorized && signed.Renewable)
        {
            // A token can be revoked before it expires; nothing was done with it.
            _credentials.Forget(signed);
            return await SendAsync(request, await SignAsync(request, cancellation), cancellation);
        }
    }

    public void Dispose() => _credentials.Dispose();

    private Task<GitHubAuthorization> SignAsync(GitHubRequest request, CancellationToken cancellation) =>
        _credentials.ForAsync(request, own => SendAsync(own, cancellation), cancellation);

    private async Task<GitHubAnswer> SendAsync(GitHubRequest request, GitHubAuthorization signed, CancellationToken cancellation)
    {
        _pace.Check(signed.Identity, request.IsGraphQl);
        if (!request.Changes) return await AskAsync(request, signed, cancellation);
        using var turn = await _pace.WriteAsync(signed.Identity, cancellation);
        // While this request waited its turn another may have been told to be silent.
        _pace.Check(signed.Identity, request.IsGraphQl);
        return await AskAsync(request, signed, cancellation);
    }

    private async Task<GitHubAnswer> AskAsync(GitHubRequest request, GitHubAuthorization signed, CancellationToken cancellation)
    {
        var address = _addresses.Of(request);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await AskAsync(request, address, signed, cancellation);
            if (answer.Status is not (301 or 302 or 307 or 308)) return Judge(request, signed, answer);
            if (redirects == MaximumRedirects) throw Broken(request, $"was redirected more than {MaximumRedirects} times", notDone: true);
            address = _addresses.Redirected(address, answer.Headers.GetValueOrDefault("location"))
                ?? throw Broken(request, "was redirected to an address that is not the configured GitHub's, which is never called", notDone: true);
        }
    }

    private async Task<OutboundAnswer> AskAsync(GitHubRequest request, Uri address, GitHubAuthorization signed, CancellationToken cancellation)
    {
        var key = request.Method == HttpMethod.Get ? $"{signed.Identity} {address}" : null;
        var kept = key is null ? null : _cache.Find(key);
        using var message = MessageOf(request, address, signed);
        if (kept is var (tag, _)) message.Headers.TryAddWithoutValidation("If-None-Match", tag);
        var answer = await ExchangeAsync(request, message, cancellation);
        if (answer.Status == 304 && kept is var (_, before))
        {
            _pace.Note(signed.Identity, request.IsGraphQl, answer.Headers);
            return before;
        }

        if (key is not null && !answer.Truncated) _cache.Keep(key, answer);
        return answer;
    }

    private async Task<OutboundAnswer> ExchangeAsync(GitHubRequest request, HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(message, Patience, MaximumBytes, cancellation);
        }
        catch (OutboundException nothing)
        {
            throw new GitHubException(GitHubFailure.Unavailable, $"GitHub at {_addresses.Host} did not answer {request.Shown}: {nothing.Message}", nothing.NotSent || !request.Changes);
        }
    }

    private static HttpRequestMessage MessageOf(GitHubRequest request, Uri address, GitHubAuthorization signed)
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        message.Headers.Add("X-GitHub-Api-Version", Version);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("RolloutWorkflows", "1.0"));
        if (!message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {signed.Token}"))
            throw new GitHubException(GitHubFailure.Unauthorized, "the GitHub token holds characters that no token has", notDone: true);
        if (request.Body is not null) message.Content = new StringContent(request.Body.ToJsonString(), Encoding.UTF8, "application/json");
        return message;
    }

    private GitHubAnswer Judge(GitHubRequest request, GitHubAuthorization signed, OutboundAnswer answer)
    {
        if (!answer.IsSuccess) throw GitHubRefusal.Of(request, signed, answer, _pace);
        _pace.Note(signed.Identity, request.IsGraphQl, answer.Headers);
        if (answer.Truncated) throw Broken(request, "was answered with more than 8 MiB", !request.Changes);
        if (answer.Body.Length == 0) return new GitHubAnswer(answer.Status, default, null, answer.Headers);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return new GitHubAnswer(answer.Status, document.RootElement.Clone(), _addresses.NextPage(answer.Headers.GetValueOrDefault("link")), answer.Headers);
        }
        catch (JsonException)
        {
            throw Broken(request, "was answered with what is no JSON", !request.Changes);
        }
    }

    private static GitHubException Broken(GitHubRequest request, string what, bool notDone) =>
        new(GitHubFailure.Unavailable, $"{request.Shown} {what}", notDone);
}
