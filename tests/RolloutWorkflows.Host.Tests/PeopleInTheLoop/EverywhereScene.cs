using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>The real server, connected by its configuration to a GitHub and to a Slack that remember, all on one clock that moves while a test waits.</summary>
internal sealed partial class EverywhereScene : IAsyncDisposable
{
    public const string Repository = "web4/app";

    /// <summary>This server's account at GitHub.</summary>
    public const long Bot = 900;

    /// <summary>The box of the question.</summary>
    public const string Box = "rollout:box=some/go";

    private const string HookSecret = "it's a secret";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private EverywhereScene(FakeGitHub gitHub, FakeSlack slack, VirtualTimeProvider clock) => (GitHub, Slack, Clock) = (gitHub, slack, clock);

    public FakeGitHub GitHub { get; }

    public FakeSlack Slack { get; }

    public VirtualTimeProvider Clock { get; }

    public RunningHost Host { get; private set; } = null!;

    public CollectingLog Log { get; } = new();

    /// <summary>Sends clicks and dialogs, as Slack does.</summary>
    public FakeSlackDelivery Delivery => new() { To = new Uri(Host.Address, "/webhooks/slack/interactions") };

    /// <param name="needed">How many of the three who are asked must approve.</param>
    public static async Task<EverywhereScene> StartAsync(int needed = 1)
    {
        var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var scene = new EverywhereScene(await FakeGitHub.StartAsync(clock), await FakeSlack.StartAsync(clock), clock);
        foreach (var person in Captain.Asked.Append(Captain.Olga).Append(Captain.Mallory)) scene.GitHub.AddUser(person.GitHub, person.Name);
        var token = scene.GitHub.AddToken(scene.GitHub.AddUser(Bot, "rollout-bot"));
        scene.GitHub.AddRepository(Repository);
        await scene.ServeAsync(folder: null, folder => scene.Prepare(folder, token, needed));
        return scene;
    }

    /// <summary>Stops the server and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        var folder = Host.Folder;
        await Host.StopAsync();
        await ServeAsync(folder, prepare: null);
    }

    /// <summary>Starts a run, and waits until it asks everywhere.</summary>
    public async Task<AskedRun> AskAsync(string flag = "bar")
    {
        var issues = GitHub.Repository(Repository).Issues;
        var before = issues.Count;
        var runId = await Host.StartRunAsync("shown", Captain.Olga.Name, new { flag });
        await UntilAsync(() => issues.Count == before + 1, $"an issue of {runId}");
        var issue = issues[before];
        await UntilAsync(async () => (await RunAsync(runId)).OpenApprovals.Count == 1, $"an open approval of {runId}");
        await UntilAsync(() => issue.Body.Contains(Box, StringComparison.Ordinal) && Told(issue.Number).Any(text => text.Contains("is asked", StringComparison.Ordinal)), $"the question of {runId} in its issue");
        await UntilAsync(() => QuestionOf(runId) is not null, $"the question of {runId} in its thread");
        return new AskedRun(runId, (await RunAsync(runId)).OpenApprovals[0].ApprovalId, issue.Number, QuestionOf(runId)!);
    }

    public async Task<RunStatus> RunAsync(string runId) => (await Host.DetailsAsync(runId)).Run;

    /// <summary>The lines of a run's record of one kind.</summary>
    public async Task<IReadOnlyList<RunLogEntry>> RecordAsync(AskedRun asked, params RunLogKind[] kinds) => [.. (await Host.DetailsAsync(asked.RunId)).Timeline.Where(entry => kinds.Contains(entry.Kind))];

    /// <summary>The votes on the question that is open.</summary>
    public async Task<IReadOnlyList<Vote>> VotesAsync(AskedRun asked) => Assert.Single((await RunAsync(asked.RunId)).OpenApprovals).Votes;

    public FakeIssue IssueOf(AskedRun asked) => GitHub.Repository(Repository).Issue(asked.Issue);

    public bool IsTicked(AskedRun asked) => IssueOf(asked).Body.Split('\n').Single(line => line.Contains(Box, StringComparison.Ordinal)).Contains("[x]", StringComparison.Ordinal);

    /// <summary>What this server wrote on an issue.</summary>
    public IReadOnlyList<string> Told(int issue) => [.. GitHub.Repository(Repository).Issue(issue).Comments.ToArray().Where(comment => comment.Author.Id == Bot).Select(comment => comment.Body)];

    /// <summary>How this server reacted to a comment.</summary>
    public IReadOnlyList<string> ReactionsTo(AskedRun asked, FakeComment comment) =>
        [.. IssueOf(asked).Comments.ToArray().Single(one => one.Id == comment.Id).Reactions.ToArray().Where(reaction => reaction.By.Id == Bot).Select(reaction => reaction.Content)];

    /// <summary>The message of a question as it stands now.</summary>
    public FakeSlackMessage Now(AskedRun asked) => Slack.Messages.Single(message => message.Ts == asked.Question.Ts);

    /// <summary>What one person was told in Slack by itself.</summary>
    public IReadOnlyList<string> ToldInSlack(Captain person) =>
        [.. Slack.Responses.Where(answer => answer.User == person.Slack).Select(answer => answer.Text), .. Slack.Ephemerals.Where(message => message.User == person.Slack).Select(message => message.Text)];

    public Task UntilAsync(Func<bool> condition, string expected) => UntilAsync(() => Task.FromResult(condition()), expected);

    /// <summary>Lets time pass until it is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"expected {expected}; {Describe()}");
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
        await Slack.DisposeAsync();
        await Host.DisposeAsync();
    }

    private FakeSlackMessage? QuestionOf(string runId) => Slack.Messages.SingleOrDefault(message => message.Buttons.Contains(SlackButton.Approve) && message.Blocks!.ToJsonString().Contains(runId, StringComparison.Ordinal));

    private async Task ServeAsync(TemporaryFolder? folder, Action<TemporaryFolder>? prepare)
    {
        Host = await RunningHost.StartAsync(prepare, settings => settings with { TimeProvider = Clock, LogLevel = LogLevel.Warning }, folder);
        Host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        GitHub.Webhooks.Target = new Uri(Host.Address, "/webhooks/github");
        GitHub.Webhooks.Secret = HookSecret;
    }

    private void Prepare(TemporaryFolder folder, string token, int needed)
    {
        folder.Write("token.txt", token);
        folder.Write("hook.txt", HookSecret);
        folder.Write("bot.txt", Slack.BotToken);
        folder.Write("signing.txt", Slack.SigningSecret);
        var persons = Captain.Asked.Append(Captain.Olga).Select(person => string.Create(CultureInfo.InvariantCulture, $"  {person.Name}: {{ gitHub: {person.GitHub}, slack: {Slack.Team}/{person.Slack} }}"));
        folder.Write("people.yaml", $"persons:\n{string.Join('\n', persons)}\ngroups: {{ captains: [ada, grace, linus] }}\n");
        folder.Write("playbooks/shown.yaml", Playbook.Replace("NEEDED", needed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
                "grants": { "*": { "flags": ["*"], "repositories": ["web4/*"] } },
                "secrets": { "github": { "file": "token.txt" }, "hook": { "file": "hook.txt" }, "bot": { "file": "bot.txt" }, "signing": { "file": "signing.txt" } },
                "gitHub": { "apiUrl": "{{GitHub.Address}}", "token": "github", "webhookSecret": "hook" },
                "slack": { "botToken": "bot", "signingSecret": "signing", "team": "{{Slack.Team}}", "app": "{{Slack.AppId}}", "apiUrl": "{{Slack.Api}}" }
            } } }
            """);
    }

    private string Describe()
    {
        var comments = GitHub.Repository(Repository).Issues.ToArray().Select(issue => $"#{issue.Number}\n{issue.Body}\n{string.Join("\n--\n", Told(issue.Number))}");
        return $"in Slack: {string.Join("\n--\n", Slack.Messages.Select(message => message.Shown))}\nat GitHub: {string.Join("\n==\n", comments)}";
    }

    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: shown, title: A shown rollout }
        spec:
          inputs: { flag: { type: string, default: bar } }
          channels: { releaseIssue: { repository: web4/app }, slack: { channel: C0ROLLOUT } }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 10 } } ]
              approval: { name: go, approvers: [ { group: captains } ], minApprovals: NEEDED }
            - name: everybody
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 100 } } ]
        """;
}
