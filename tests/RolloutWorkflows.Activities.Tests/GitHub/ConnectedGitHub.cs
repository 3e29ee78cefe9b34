using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The client and a GitHub, both on virtual time.</summary>
internal sealed class ConnectedGitHub : IAsyncDisposable
{
    public static readonly GitHubRepository Repository = GitHubRepository.Parse("chain/node");

    private readonly Dictionary<string, string> _secrets = [];
    private readonly OutboundHttp _http;

    private ConnectedGitHub(FakeGitHub server, VirtualTimeProvider time, Func<ConnectedGitHub, GitHubOptions> options)
    {
        (Server, Time) = (server, time);
        _http = new OutboundHttp(Grants.Everything, new EgressGuard(new EgressOptions(), new OwnListeners()), TimeProvider.System);
        Ada = server.AddUser(1001, "ada");
        Server.AddRepository("chain/node");
        Client = new GitHubClient(options(this), _http, new Secrets(new SecretOptions { Secrets = new Named(), Environment = _secrets.GetValueOrDefault }), time);
    }

    public FakeGitHub Server { get; }

    public VirtualTimeProvider Time { get; }

    public FakeAccount Ada { get; }

    public FakeApp? App { get; private set; }

    public GitHubClient Client { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>By a personal token.</summary>
    public static Task<ConnectedGitHub> StartAsync(Func<GitHubOptions, GitHubOptions>? change = null, FakeRateLimit? limit = null, string? scopes = null, bool readOnly = false) => CreateAsync(rig =>
    {
        rig.Set("token", rig.Server.AddToken(rig.Ada, scopes, readOnly, limit));
        var options = new GitHubOptions { ApiUrl = rig.Server.Address, Token = "token", WriteInterval = TimeSpan.Zero };
        return change?.Invoke(options) ?? options;
    });

    /// <summary>By an App.</summary>
    public static Task<ConnectedGitHub> StartAppAsync(bool pkcs8 = false, bool installationStated = false) => CreateAsync(rig =>
    {
        var app = rig.App = rig.Server.AddApp(77, "rollout");
        rig.Set("key", pkcs8 ? app.PrivateKeyPkcs8 : app.PrivateKey);
        return new GitHubOptions { ApiUrl = rig.Server.Address, App = new GitHubAppOptions("77", "key", installationStated ? app.InstallationId : null), WriteInterval = TimeSpan.Zero };
    });

    /// <summary>A client of the same server with other options.</summary>
    public GitHubClient Another(Func<GitHubOptions, GitHubOptions> change) =>
        new(change(new GitHubOptions { ApiUrl = Server.Address, Token = "token", WriteInterval = TimeSpan.Zero }), _http, new Secrets(new SecretOptions { Secrets = new Named(), Environment = _secrets.GetValueOrDefault }), Time);

    public void Set(string secret, string value) => _secrets[secret] = value;

    /// <summary>What was asked, as <c>METHOD /path?query</c>.</summary>
    public IReadOnlyList<string> Asked => [.. Server.Requests.Select(request => request.ToString())];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<ConnectedGitHub> CreateAsync(Func<ConnectedGitHub, GitHubOptions> options)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        return new ConnectedGitHub(await FakeGitHub.StartAsync(time), time, options);
    }

    /// <summary>Every secret lies in the variable of its own name.</summary>
    private sealed class Named : Dictionary<string, SecretLocation>
    {
        public Named()
        {
            this["token"] = new SecretLocation { Name = "token", Environment = "token" };
            this["key"] = new SecretLocation { Name = "key", Environment = "key", Multiline = true };
        }
    }
}
