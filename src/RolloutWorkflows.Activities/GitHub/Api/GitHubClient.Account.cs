using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Who we are, and what we may do.</summary>
internal sealed partial class GitHubClient
{
    /// <summary>What this server does needs these of an App.</summary>
    private static readonly (string Permission, string Level)[] Needed =
        [("issues", "write"), ("checks", "read"), ("statuses", "read"), ("contents", "read"), ("actions", "write"), ("deployments", "write")];

    public async Task<GitHubSelf> WhoAmIAsync(CancellationToken cancellation = default) => _self ??= await AskWhoAsync(cancellation);

    public async Task<GitHubDiagnosis> DiagnoseAsync(CancellationToken cancellation = default)
    {
        // What is remembered says nothing about the credentials as they are now.
        _self = await AskWhoAsync(cancellation);
        var (known, missing) = options.App is null ? await ScopesAsync(cancellation) : await PermissionsAsync(cancellation);
        var diagnosis = new GitHubDiagnosis { Self = _self, PermissionsKnown = known, Missing = missing };
        try
        {
            var answer = await GetAsync(null, "rate_limit", cancellation);
            var rate = answer.Json.GetProperty("resources").GetProperty("core");
            return diagnosis with { Limit = (int)rate.Long("limit"), Remaining = (int)rate.Long("remaining"), ResetsAt = DateTimeOffset.FromUnixTimeSeconds(rate.Long("reset")) };
        }
        catch (GitHubException off) when (off.Kind == GitHubFailure.NotFound)
        {
            // Enterprise Server without limits has none to tell.
            return diagnosis;
        }
    }

    public Task<GitHubRepositoryDetails> GetRepositoryAsync(GitHubRepository repository, CancellationToken cancellation = default) =>
        GetAsync(repository, GitHubPath.Of(repository), GitHubReading.Repository, cancellation);

    private async Task<GitHubSelf> AskWhoAsync(CancellationToken cancellation)
    {
        if (options.App is null) return new GitHubSelf(Read("user", (await GetAsync(null, "user", cancellation)).Json, GitHubReading.User, notDone: true), null);
        var app = (await _transport.SendAsync(new GitHubRequest(HttpMethod.Get, "app") { As = GitHubSigner.App }, cancellation)).Json;
        var (id, slug) = Read("app", app, json => (json.Long("id"), json.Text("slug")), notDone: true);
        var path = GitHubPath.Of("users", $"{slug}[bot]");
        return new GitHubSelf(Read(path, (await GetAsync(null, path, cancellation)).Json, GitHubReading.User, notDone: true), id);
    }

    private async Task<(bool Known, IReadOnlyList<string> Missing)> PermissionsAsync(CancellationToken cancellation)
    {
        var app = (await _transport.SendAsync(new GitHubRequest(HttpMethod.Get, "app") { As = GitHubSigner.App }, cancellation)).Json;
        var given = app.TryGetProperty("permissions", out var permissions) && permissions.ValueKind == JsonValueKind.Object ? permissions : default;
        return (given.ValueKind == JsonValueKind.Object, [.. Needed.Where(needed => !Covers(given, needed)).Select(needed => $"{needed.Permission}: {needed.Level}")]);
    }

    private async Task<(bool Known, IReadOnlyList<string> Missing)> ScopesAsync(CancellationToken cancellation)
    {
        // Only classic tokens have scopes; of others GitHub does not tell.
        var answer = await GetAsync(null, "user", cancellation);
        if (!answer.Headers.TryGetValue("x-oauth-scopes", out var text)) return (false, []);
        var scopes = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (true, scopes.Contains("repo") || scopes.Contains("public_repo") ? [] : ["repo"]);
    }

    private static bool Covers(JsonElement given, (string Permission, string Level) needed) =>
        given.ValueKind == JsonValueKind.Object && given.TextOrNull(needed.Permission) is { } level && (level == needed.Level || level is "write" or "admin");
}
