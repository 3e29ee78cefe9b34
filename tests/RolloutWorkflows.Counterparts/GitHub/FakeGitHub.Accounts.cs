using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Who asks, what it may, and how often.</summary>
public sealed partial class FakeGitHub
{
    private readonly ConcurrentDictionary<string, FakeSigner> _tokens = [];
    private readonly ConcurrentDictionary<long, FakeAccount> _accounts = [];
    private readonly ConcurrentDictionary<long, FakeApp> _apps = [];

    /// <summary>A person's account.</summary>
    public FakeAccount AddUser(long id, string login) => _accounts[id] = new FakeAccount(id, login);

    /// <summary>An App that is installed for every repository.</summary>
    public FakeApp AddApp(long id, string slug)
    {
        var bot = new FakeAccount(id + 900_000, $"{slug}[bot]", "Bot");
        _accounts[bot.Id] = bot;
        return _apps[id] = new FakeApp(id, slug, id + 500_000, bot);
    }

    /// <summary>A personal token of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="scopes">A classic token's scopes; null: a fine-grained one, which tells none.</param>
    /// <param name="readOnly">True: it may change nothing.</param>
    /// <param name="limit">Requests left; null: no limit.</param>
    /// <param name="token">The token; null: a new one.</param>
    public string AddToken(FakeAccount account, string? scopes = null, bool readOnly = false, FakeRateLimit? limit = null, string? token = null)
    {
        token ??= FormattableString.Invariant($"ghp_{NextId()}{account.Login}");
        _tokens[token] = new FakeSigner(account, null) { Scopes = scopes, ReadOnly = readOnly, Limit = limit };
        return token;
    }

    /// <summary>Every installation's token is refused from now on, those asked for later not.</summary>
    public void RevokeInstallationTokens()
    {
        foreach (var (token, signer) in _tokens)
            if (signer.ExpiresAt is not null)
                _tokens.TryRemove(token, out _);
    }

    private void AddAccountRoutes()
    {
        Add("GET", "/user", call => new FakeGitHubAnswer(200, Shape.PublicUser(call.Signer.Account, Address), call.Signer.Scopes is { } scopes ? [("X-OAuth-Scopes", scopes)] : []));
        Add("GET", "/users/{login}", call => _accounts.Values.FirstOrDefault(account => account.Login == call.Values["login"]) is { } account ? new FakeGitHubAnswer(200, Shape.PublicUser(account, Address)) : FakeGitHubAnswer.NotFound);
        Add("GET", "/rate_limit", call => new FakeGitHubAnswer(200, Shape.RateLimit(call.Signer.Limit ?? new FakeRateLimit(5000, 4999, Now.AddHours(1)))));
        Add("GET", "/repos/{owner}/{repo}", call => new FakeGitHubAnswer(200, Shape.Repository(call.Repository, Address)));
        Add("GET", "/app", call => new FakeGitHubAnswer(200, Shape.App(call.Signer.App!, Address)), byApp: true);
        Add("GET", "/app/installations", call => call.Page([Shape.Installation(call.Signer.App!, Address)], Address), byApp: true);
        Add("GET", "/repos/{owner}/{repo}/installation", call => new FakeGitHubAnswer(200, Shape.Installation(call.Signer.App!, Address)), byApp: true);
        Add("POST", "/app/installations/{installation}/access_tokens", CreateInstallationToken, byApp: true);
    }

    private FakeGitHubAnswer CreateInstallationToken(FakeGitHubCall call)
    {
        var app = call.Signer.App!;
        if (call.Number("installation") != app.InstallationId) return FakeGitHubAnswer.NotFound;
        var token = FormattableString.Invariant($"ghs_{NextId()}{app.Slug}");
        var expires = Now.AddHours(1);
        _tokens[token] = new FakeSigner(app.Bot, app) { ExpiresAt = expires };
        return new FakeGitHubAnswer(201, new JsonObject
        {
            ["token"] = token,
            ["expires_at"] = Shape.Moment(expires),
            ["permissions"] = Shape.Permissions(app),
            ["repository_selection"] = "all",
        });
    }

    private FakeSigner? SignerOf(FakeGitHubRequest request)
    {
        var token = request.Headers.GetValueOrDefault("Authorization", "").Replace("Bearer ", "", StringComparison.Ordinal);
        if (_tokens.TryGetValue(token, out var signer)) return signer.ExpiresAt is { } end && end <= _time.GetUtcNow() ? null : signer;
        return token.Count(sign => sign == '.') == 2 ? AppOf(token) : null;
    }

    private FakeSigner? AppOf(string jwt)
    {
        var parts = jwt.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        if (!long.TryParse((string?)claims["iss"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !_apps.TryGetValue(id, out var app)) return null;
        var (issued, expires, now) = ((long)claims["iat"]!, (long)claims["exp"]!, _time.GetUtcNow().ToUnixTimeSeconds());
        if (issued > now || expires <= now || expires - now > 600) return null;
        return app.Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ? new FakeSigner(app.Bot, app) { IsApp = true }
            : null;
    }

    private FakeGitHubAnswer? Limit(FakeSigner? signer) => signer?.Limit is { Remaining: <= 0 } limit && limit.ResetsAt > _time.GetUtcNow()
        ? FakeGitHubAnswer.Refused(403, "API rate limit exceeded for user ID 1.", LimitHeaders(limit))
        : null;

    /// <summary>An answer with its ETag, or none where the asker has it already, which costs nothing.</summary>
    private static FakeGitHubAnswer Conditional(FakeGitHubRequest request, FakeSigner? signer, FakeGitHubAnswer answer)
    {
        var limit = signer?.Limit;
        if (request.Method == "GET" && answer is { Status: 200, Body: { } body })
        {
            var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())))}\"";
            if (request.Headers.GetValueOrDefault("If-None-Match") == tag) return new FakeGitHubAnswer(304, null, [("ETag", tag), .. limit is null ? [] : LimitHeaders(limit)]);
            answer = answer with { Headers = [.. answer.Headers, ("ETag", tag)] };
        }

        if (limit is null) return answer;
        limit.Remaining--;
        return answer with { Headers = [.. answer.Headers, .. LimitHeaders(limit)] };
    }

    private static (string Name, string Value)[] LimitHeaders(FakeRateLimit limit) =>
    [
        ("X-RateLimit-Limit", limit.Limit.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Remaining", Math.Max(0, limit.Remaining).ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Reset", limit.ResetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Resource", "core"),
    ];
}
