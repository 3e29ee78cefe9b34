using System.Globalization;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>The real server beside a GitHub that remembers and sends signed webhooks to it, on one clock that moves while a test waits.</summary>
internal sealed class GitHubRig : IAsyncDisposable
{
    public const string Repository = "web4/app";

    public const string Secret = "it's a secret";

    /// <summary>Starts the run, and so has no vote.</summary>
    public const long Olga = 100;

    public const long Ada = 101;

    public const long Grace = 102;

    /// <summary>One of the people, and asked nothing.</summary>
    public const long Linus = 103;

    /// <summary>May write to the repository, and is none of the people.</summary>
    public const long Mallory = 666;

    /// <summary>This server at GitHub.</summary>
    public const long Bot = 900;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private const string People = """
        persons:
          olga: { gitHub: 100 }
          ada: { gitHub: 101 }
          grace: { gitHub: 102 }
          linus: { gitHub: 103 }
        groups: { captains: [ada, grace] }
        """;

    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: shown, title: A shown rollout }
        spec:
          channels: { releaseIssue: { repository: Web4/App } }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
              approval: { name: go, approvers: [ { group: captains } ], minApprovals: NEEDED }
            - name: everybody
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: bar, percent: 100 } } ]
        """;

    private GitHubRig(FakeGitHub gitHub, VirtualTimeProvider clock) => (GitHub, Clock) = (gitHub, clock);

    public FakeGitHub GitHub { get; }

    public VirtualTimeProvider Clock { get; }

    public RunningHost Host { get; private set; } = null!;

    public string RunId { get; private set; } = null!;

    /// <summary>The issue's number.</summary>
    public int Issue { get; private set; }

    public FakeIssue Shown => GitHub.Repository(Repository).Issue(Issue);

    /// <summary>Starts both, and a run that shows itself in an issue and asks for its approval there.</summary>
    /// <param name="needed">How many must approve.</param>
    public static async Task<GitHubRig> StartAsync(int needed = 1)
    {
        var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var rig = new GitHubRig(await FakeGitHub.StartAsync(clock), clock);
        foreach (var (id, login) in new[] { (Olga, "olga"), (Ada, "ada-l"), (Grace, "ghopper"), (Linus, "linus"), (Mallory, "mallory") }) rig.GitHub.AddUser(id, login);
        var token = rig.GitHub.AddToken(rig.GitHub.AddUser(Bot, "rollout-bot"));
        rig.GitHub.AddRepository(Repository);
        rig.Host = await RunningHost.StartAsync(folder => Prepare(folder, rig.GitHub.Address, token, needed), settings => settings with { TimeProvider = clock });
        rig.Listen();
        rig.RunId = await rig.Host.StartRunAsync("shown", "olga");
        await rig.UntilAsync(() => rig.GitHub.Repository(Repository).Issues.Count == 1, "an issue");
        rig.Issue = rig.GitHub.Repository(Repository).Issues[0].Number;
        await rig.UntilAsync(async () => (await rig.RunAsync()).OpenApprovals.Count == 1, "an open approval");
        await rig.UntilAsync(() => rig.Shown.Comments.Any(comment => comment.Body.Contains("is asked", StringComparison.Ordinal)), "the question in a comment");
        return rig;
    }

    /// <summary>Stops the server and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        var folder = Host.Folder;
        await Host.StopAsync();
        Host = await RunningHost.StartAsync(change: settings => settings with { TimeProvider = Clock }, folder: folder);
        Listen();
    }

    public async Task<RunStatus> RunAsync() => (await Host.DetailsAsync(RunId)).Run;

    public async Task<IReadOnlyList<RunLogEntry>> RecordAsync() => (await Host.DetailsAsync(RunId)).Timeline;

    /// <summary>The lines of the record that answer commands of an id that begins so.</summary>
    public async Task<List<RunLogEntry>> AnswersAsync(string prefix = "github-") =>
        [.. (await RecordAsync()).Where(entry => entry.CommandId?.StartsWith(prefix, StringComparison.Ordinal) == true)];

    public Task<FakeComment> SayAsync(long user, string text, FakeApp? via = null) => GitHub.CommentAsync(user, Repository, Issue, text, via);

    /// <summary>Ticks the box of the question.</summary>
    public Task TickAsync(long user) => GitHub.TickAsync(user, Repository, Issue, "rollout:box=some/go");

    public bool IsTicked(string tag) => Shown.Body.Split('\n').Single(line => line.Contains(tag, StringComparison.Ordinal)).Contains("[x]", StringComparison.Ordinal);

    /// <summary>What this server wrote on the issue.</summary>
    public IReadOnlyList<string> Told() => [.. Shown.Comments.ToArray().Where(comment => comment.Author.Id == Bot).Select(comment => comment.Body)];

    /// <summary>How this server reacted to a comment.</summary>
    public IReadOnlyList<string> ReactionsTo(FakeComment comment) =>
        [.. Shown.Comments.Single(one => one.Id == comment.Id).Reactions.ToArray().Where(reaction => reaction.By.Id == Bot).Select(reaction => reaction.Content)];

    public Task UntilAsync(Func<bool> condition, string expected) => UntilAsync(() => Task.FromResult(condition()), expected);

    /// <summary>Lets time pass until it is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"expected {expected}; {await DescribeAsync()}");
            await pace.WaitForNextTickAsync();
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Lets time pass, step by step, for what should not happen to happen.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(5))
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            await pace.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await GitHub.DisposeAsync();
        await Host.DisposeAsync();
    }

    private void Listen()
    {
        GitHub.Webhooks.Target = new Uri(Host.Address, "/webhooks/github");
        GitHub.Webhooks.Secret = Secret;
    }

    private static void Prepare(TemporaryFolder folder, Uri gitHub, string token, int needed)
    {
        folder.Write("token.txt", token);
        folder.Write("hook.txt", Secret);
        folder.Write("people.yaml", People);
        folder.Write("playbooks/shown.yaml", Playbook.Replace("NEEDED", needed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
                "grants": { "*": { "flags": ["*"], "repositories": ["Web4/*"] } },
                "secrets": { "github": { "file": "token.txt" }, "hook": { "file": "hook.txt" } },
                "gitHub": { "apiUrl": "{{gitHub}}", "token": "github", "webhookSecret": "hook", "writeInterval": "0s" }
            } } }
            """);
    }

    private async Task<string> DescribeAsync()
    {
        var details = await Host.DetailsAsync(RunId ?? "");
        var lines = details.Timeline.Select(entry => $"{entry.At:O} {entry.Kind} {entry.Message}");
        return $"{details.Run.State}: {details.Run.Because}\n{string.Join('\n', lines)}\n{(Issue == 0 ? "no issue" : Shown.Body)}\n{(Issue == 0 ? "" : string.Join("\n--\n", Told()))}";
    }
}
