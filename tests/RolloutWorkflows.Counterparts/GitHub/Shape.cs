using System.Globalization;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>GitHub's objects as GitHub publishes them: accounts, repositories, Apps.</summary>
internal static partial class Shape
{
    private static readonly string[] UserAddresses =
        ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events", "received_events"];

    private static readonly string[] RepositoryAddresses =
    [
        "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors", "deployments", "downloads",
        "events", "forks", "git_commits", "git_refs", "git_tags", "hooks", "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges",
        "milestones", "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees",
    ];

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static JsonNode? MomentOrNull(DateTimeOffset? moment) => moment is { } at ? Moment(at) : null;

    public static string Of(Uri address, string path) => $"{address.GetLeftPart(UriPartial.Authority)}/{path}";

    public static JsonObject User(FakeAccount account, Uri address)
    {
        var api = Of(address, $"users/{Uri.EscapeDataString(account.Login)}");
        var user = new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = Node("U", account.Id),
            ["avatar_url"] = Of(address, $"avatars/{account.Id}"),
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = Of(address, Uri.EscapeDataString(account.Login)),
            ["type"] = account.Type,
            ["site_admin"] = false,
        };
        foreach (var name in UserAddresses) user[$"{name}_url"] = $"{api}/{name}";
        return user;
    }

    public static JsonObject PublicUser(FakeAccount account, Uri address)
    {
        var user = User(account, address);
        foreach (var name in new[] { "bio", "blog", "company", "email", "hireable", "location", "name", "twitter_username" }) user[name] = null;
        foreach (var name in new[] { "followers", "following", "public_gists", "public_repos" }) user[name] = 0;
        user["created_at"] = "2020-01-01T00:00:00Z";
        user["updated_at"] = "2020-01-01T00:00:00Z";
        return user;
    }

    public static JsonObject RateLimit(FakeRateLimit limit)
    {
        JsonObject One() => new() { ["limit"] = limit.Limit, ["remaining"] = limit.Remaining, ["used"] = limit.Limit - limit.Remaining, ["reset"] = limit.ResetsAt.ToUnixTimeSeconds() };
        return new JsonObject { ["resources"] = new JsonObject { ["core"] = One(), ["search"] = One(), ["graphql"] = One() }, ["rate"] = One() };
    }

    public static JsonObject Permissions(FakeApp app) => new(app.Permissions.Select(permission => KeyValuePair.Create(permission.Key, (JsonNode?)permission.Value)));

    public static JsonObject App(FakeApp app, Uri address) => new()
    {
        ["id"] = app.Id,
        ["slug"] = app.Slug,
        ["node_id"] = Node("A", app.Id),
        ["owner"] = User(new FakeAccount(1, "octo-org", "Organization"), address),
        ["name"] = app.Slug,
        ["description"] = "",
        ["external_url"] = "https://example.com",
        ["html_url"] = Of(address, $"apps/{app.Slug}"),
        ["created_at"] = "2020-01-01T00:00:00Z",
        ["updated_at"] = "2020-01-01T00:00:00Z",
        ["permissions"] = Permissions(app),
        ["events"] = new JsonArray("issues", "issue_comment"),
    };

    public static JsonObject Installation(FakeApp app, Uri address) => new()
    {
        ["id"] = app.InstallationId,
        ["account"] = User(new FakeAccount(1, "octo-org", "Organization"), address),
        ["repository_selection"] = "all",
        ["access_tokens_url"] = Of(address, $"app/installations/{app.InstallationId}/access_tokens"),
        ["repositories_url"] = Of(address, "installation/repositories"),
        ["html_url"] = Of(address, $"organizations/octo-org/settings/installations/{app.InstallationId}"),
        ["app_id"] = app.Id,
        ["app_slug"] = app.Slug,
        ["target_id"] = 1,
        ["target_type"] = "Organization",
        ["permissions"] = Permissions(app),
        ["events"] = new JsonArray("issues"),
        ["created_at"] = "2020-01-01T00:00:00Z",
        ["updated_at"] = "2020-01-01T00:00:00Z",
        ["single_file_name"] = null,
        ["suspended_by"] = null,
        ["suspended_at"] = null,
    };

    /// <summary>What stands of a repository within other objects.</summary>
    public static JsonObject MinimalRepository(FakeRepository repository, Uri address)
    {
        var api = Api(repository, address);
        var minimal = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = Node("R", repository.Id),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = User(new FakeAccount(1, repository.Owner, "Organization"), address),
            ["private"] = false,
            ["html_url"] = Of(address, repository.FullName),
            ["description"] = null,
            ["fork"] = false,
            ["url"] = api,
        };
        foreach (var name in RepositoryAddresses) minimal[$"{name}_url"] = $"{api}/{name}";
        return minimal;
    }

    public static JsonObject Repository(FakeRepository repository, Uri address)
    {
        var full = MinimalRepository(repository, address);
        foreach (var name in new[] { "homepage", "language", "mirror_url", "license" }) full[name] = null;
        foreach (var name in new[] { "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers", "watchers_count", "network_count", "subscribers_count" }) full[name] = 0;
        foreach (var name in new[] { "has_projects", "has_wiki", "has_pages", "has_discussions", "has_downloads", "archived", "disabled" }) full[name] = false;
        foreach (var name in new[] { "created_at", "updated_at", "pushed_at" }) full[name] = Moment(repository.CreatedAt);
        foreach (var name in new[] { "clone_url", "git_url", "ssh_url", "svn_url" }) full[name] = $"https://example.com/{repository.FullName}.git";
        full["has_issues"] = repository.HasIssues;
        full["default_branch"] = "main";
        full["visibility"] = "public";
        return full;
    }

    public static string Api(FakeRepository repository, Uri address) => Of(address, $"repos/{repository.FullName}");

    public static string Node(string kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{id}");
}
