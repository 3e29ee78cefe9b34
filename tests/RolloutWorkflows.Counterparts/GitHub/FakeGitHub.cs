using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>
/// A GitHub that remembers: REST and GraphQL as far as the service asks them, below <c>/</c> and below <c>/api/v3</c>;
/// what people do in it (<see cref="TickAsync"/> and others) goes out as signed webhooks.
/// Objects have the shape that GitHub publishes.
/// </summary>
public sealed partial class FakeGitHub : Counterpart
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<FakeGitHubRoute> _routes = [];
    private readonly Dictionary<string, FakeRepository> _repositories = new(StringComparer.OrdinalIgnoreCase);
    private long _lastId = 1000;

    private FakeGitHub(TimeProvider time)
    {
        _time = time;
        Webhooks = new FakeWebhooks();
        AddAccountRoutes();
        AddIssueRoutes();
        AddCommitRoutes();
        AddActionRoutes();
    }

    /// <summary>What goes wrong, as a test says.</summary>
    public FakeGitHubFaults Faults { get; } = new();

    /// <summary>Where webhooks go.</summary>
    public FakeWebhooks Webhooks { get; }

    /// <summary>What was asked, in order, those that were refused among them.</summary>
    public ConcurrentQueue<FakeGitHubRequest> Requests { get; } = [];

    /// <summary>As Enterprise Server is addressed.</summary>
    public Uri EnterpriseApi => new(Address, "/api/v3");

    /// <param name="time">Its clock; null: the system's.</param>
    public static async Task<FakeGitHub> StartAsync(TimeProvider? time = null)
    {
        var github = new FakeGitHub(time ?? TimeProvider.System);
        await github.ListenAsync();
        return github;
    }

    /// <summary>A repository, empty but for a first commit on <c>main</c>.</summary>
    public FakeRepository AddRepository(string fullName)
    {
        lock (_lock)
        {
            var repository = new FakeRepository(NextId(), fullName, Now);
            return _repositories[fullName] = repository;
        }
    }

    /// <summary>From now on requests for the old name are redirected, as after renaming.</summary>
    public void Rename(string from, string to)
    {
        lock (_lock)
        {
            var repository = _repositories[from];
            repository.FullName = to;
            _repositories[to] = repository;
        }
    }

    /// <summary>The repository of that name.</summary>
    public FakeRepository Repository(string fullName)
    {
        lock (_lock) return _repositories[fullName];
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Webhooks.DisposeAsync();
        await base.DisposeAsync();
        foreach (var app in _apps.Values) app.Dispose();
    }

    protected override void Map(WebApplication app) => app.Run(AnswerAsync);

    private DateTimeOffset Now
    {
        get
        {
            // GitHub's moments have no fractions of seconds.
            var now = _time.GetUtcNow();
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        }
    }

    private long NextId() => Interlocked.Increment(ref _lastId);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await FakeGitHubRequest.ReadAsync(context.Request);
        Requests.Enqueue(request);
        var fault = Faults.Take(request);
        if (fault is { Delay: { } delay }) await delay.WaitAsync(context.RequestAborted);
        if (fault is { Cut: true, Done: false })
        {
            context.Abort();
            return;
        }

        var answer = fault is { Done: false, Answer: { } refusal } ? refusal(_time.GetUtcNow()) : Act(request);
        if (fault is { Cut: true })
        {
            context.Abort();
            return;
        }

        if (fault is { Done: true, Answer: { } instead }) answer = instead(_time.GetUtcNow());
        await answer.WriteAsync(context);
    }

    private FakeGitHubAnswer Act(FakeGitHubRequest request)
    {
        lock (_lock)
        {
            var signer = SignerOf(request);
            if (signer is null && !request.Path.StartsWith("/users/", StringComparison.Ordinal)) return FakeGitHubAnswer.Refused(401, "Bad credentials");
            if (Limit(signer) is { } spent) return spent;
            var answer = request.Path == "/graphql" ? AnswerGraphQl(request) : Route(request, signer!);
            return Conditional(request, signer, answer);
        }
    }

    private FakeGitHubAnswer Route(FakeGitHubRequest request, FakeSigner signer)
    {
        foreach (var route in _routes)
        {
            if (route.Match(request) is not { } values) continue;
            if (route.ByApp != (signer?.IsApp ?? false) && route.ByApp) return FakeGitHubAnswer.Refused(401, "A JSON web token could not be decoded");
            if (!route.ByApp && signer is { IsApp: true }) return FakeGitHubAnswer.Refused(401, "This endpoint needs an installation's token");
            if (request.Method != "GET" && signer is { ReadOnly: true }) return FakeGitHubAnswer.Refused(403, "Resource not accessible by personal access token");
            var call = new FakeGitHubCall(request, signer!, values);
            if (!values.TryGetValue("owner", out var owner)) return route.Answer(call);
            var name = $"{owner}/{values["repo"]}";
            if (!_repositories.TryGetValue(name, out var repository)) return FakeGitHubAnswer.NotFound;
            if (!string.Equals(repository.FullName, name, StringComparison.OrdinalIgnoreCase)) return Moved(request, name, repository);
            return route.Answer(call with { Repository = repository });
        }

        return FakeGitHubAnswer.NotFound;
    }

    private FakeGitHubAnswer Moved(FakeGitHubRequest request, string name, FakeRepository repository)
    {
        var target = $"{Address.GetLeftPart(UriPartial.Authority)}{request.Prefix}{request.Path.Replace($"/repos/{name}", $"/repos/{repository.FullName}", StringComparison.OrdinalIgnoreCase)}{request.Query}";
        return new FakeGitHubAnswer(request.Method == "GET" ? 301 : 307, new JsonObject { ["message"] = "Moved Permanently", ["url"] = target }, ("Location", target));
    }

    private void Add(string method, string path, Func<FakeGitHubCall, FakeGitHubAnswer> answer, bool byApp = false) => _routes.Add(new FakeGitHubRoute(method, path, answer, byApp));
}
