using System.Collections.Concurrent;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Has the token that a request is sent with: the personal one, read at each use so that a rotated one counts at once, or
/// that of the App's installation, asked for with the App's key and kept until shortly before it expires. Thread-safe.
/// </summary>
internal sealed class GitHubCredentials(GitHubOptions options, ISecretSource secrets, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _installations = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<long, InstallationToken> _tokens = [];
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <param name="request">The request to be signed.</param>
    /// <param name="ask">Sends a request of the App's own.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<GitHubAuthorization> ForAsync(GitHubRequest request, Func<GitHubRequest, Task<GitHubAnswer>> ask, CancellationToken cancellation)
    {
        if (options.App is not { } app) return new GitHubAuthorization("token", await ReadAsync(options.Token!, cancellation), Renewable: false);
        if (request.As == GitHubSigner.App) return new GitHubAuthorization("app", GitHubAppKey.Sign(app.Id, await ReadAsync(app.PrivateKey, cancellation), time.GetUtcNow()), Renewable: false);
        await _asking.WaitAsync(cancellation);
        try
        {
            var installation = app.InstallationId ?? await InstallationAsync(request.Repository, ask);
            var token = _tokens.TryGetValue(installation, out var kept) && kept.ExpiresAt - Margin > time.GetUtcNow()
                ? kept
                : _tokens[installation] = await TokenAsync(installation, ask);
            return new GitHubAuthorization($"installation {installation}", token.Token, Renewable: true);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Forgets a token that GitHub refused.</summary>
    public void Forget(GitHubAuthorization refused)
    {
        foreach (var (installation, kept) in _tokens)
            if (kept.Token == refused.Token)
                _tokens.TryRemove(installation, out _);
    }

    public void Dispose() => _asking.Dispose();

    private async Task<long> InstallationAsync(GitHubRepository? repository, Func<GitHubRequest, Task<GitHubAnswer>> ask)
    {
        if (repository is null) return _installations.Values.FirstOrDefault() is var any and not 0 ? any : await FirstInstallationAsync(ask);
        if (_installations.TryGetValue(repository.Owner, out var known)) return known;
        try
        {
            var answer = await ask(new GitHubRequest(HttpMethod.Get, $"{GitHubPath.Of(repository)}/installation") { As = GitHubSigner.App });
            return _installations[repository.Owner] = answer.Json.GetProperty("id").GetInt64();
        }
        catch (GitHubException missing) when (missing.Kind == GitHubFailure.NotFound)
        {
            throw new GitHubException(GitHubFailure.NotFound, $"the GitHub App is not installed for {repository}, or there is no such repository: install it there, on its page under \"Install App\"", notDone: true);
        }
    }

    private static async Task<long> FirstInstallationAsync(Func<GitHubRequest, Task<GitHubAnswer>> ask)
    {
        var answer = await ask(new GitHubRequest(HttpMethod.Get, "app/installations?per_page=1") { As = GitHubSigner.App });
        return answer.Json.ValueKind == JsonValueKind.Array && answer.Json.GetArrayLength() > 0
            ? answer.Json[0].GetProperty("id").GetInt64()
            : throw new GitHubException(GitHubFailure.Forbidden, "the GitHub App is installed nowhere: install it for the account that owns the repositories", notDone: true);
    }

    private static async Task<InstallationToken> TokenAsync(long installation, Func<GitHubRequest, Task<GitHubAnswer>> ask)
    {
        var answer = await ask(new GitHubRequest(HttpMethod.Post, GitHubPath.Of("app", "installations", installation, "access_tokens")) { As = GitHubSigner.App });
        return new InstallationToken(answer.Json.GetProperty("token").GetString()!, answer.Json.GetProperty("expires_at").GetDateTimeOffset());
    }

    private async Task<string> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await secrets.ReadAsync(name, cancellation);
        }
        catch (SecretException missing)
        {
            throw new GitHubException(GitHubFailure.Unauthorized, missing.Message, notDone: true);
        }
    }

    private sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt);
}
