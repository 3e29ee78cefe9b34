using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.PeopleInTheLoop;

/// <summary>A run on the real engine that is shown by the real outbox in a release issue and in a thread, at a GitHub and a Slack that remember. All on virtual time.</summary>
internal sealed class EverywhereRun : IAsyncDisposable
{
    private const string Repository = "web4/app";

    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout, title: New checkout }
        spec:
          people:
            persons: { ada: { github: 1 }, bob: { github: 2 }, cyn: { github: 3 } }
            groups: { captains: [ada, bob, cyn] }
          channels: { releaseIssue: { repository: web4/app }, slack: { channel: C0ROLLOUT } }
          metrics: { errors: { source: test, value: errors } }
          guardrails: [ { metric: errors, interval: 1h, failureCondition: result > 5% } ]
          stages:
            - name: small
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
              soak: { for: 24h, atMost: 48h }
              approval: { approvers: [ { group: captains } ], minApprovals: 2 }
              rollback: { to: start, objective: 1m }
            - name: all
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: checkout, percent: 100 } } ]
              soak: { for: 24h }
              rollback: { to: start, objective: 1m }
        """;

    private double errors = 0.001;

    private EverywhereRun(FakeGitHub gitHub, FakeSlack slack) => (GitHub, Slack) = (gitHub, slack);

    public FakeGitHub GitHub { get; }

    public FakeSlack Slack { get; }

    public RolloutScenario Run { get; private set; } = null!;

    /// <summary>The thread's first message.</summary>
    public FakeSlackMessage Header => Assert.Single(Slack.Messages, message => message.Thread is null);

    /// <summary>What the thread says, oldest first.</summary>
    public IReadOnlyList<FakeSlackMessage> Replies => [.. Slack.Thread(Header.Ts).Skip(1)];

    public FakeIssue Issue => Assert.Single(GitHub.Repository(Repository).Issues);

    /// <summary>The comment that is edited in place.</summary>
    public string Status => Issue.Comments.Single(IsStatus).Body;

    /// <summary>The headings of the other comments, oldest first.</summary>
    public IReadOnlyList<string> Told => [.. Issue.Comments.Where(comment => !IsStatus(comment)).Select(comment => comment.Body.Split('\n').First(line => line.StartsWith("###", StringComparison.Ordinal)))];

    /// <summary>Starts a run by ada, on Monday 2026-03-02 at 09:00 UTC.</summary>
    public static async Task<EverywhereRun> StartAsync()
    {
        var clock = new RunsClock();
        var shown = new EverywhereRun(await FakeGitHub.StartAsync(clock), await FakeSlack.StartAsync(clock));
        shown.GitHub.AddRepository(Repository);
        var token = shown.GitHub.AddToken(shown.GitHub.AddUser(500, "rollout-bot"));
        var secrets = new SecretOptions
        {
            Secrets = new[] { "token", "bot" }.ToDictionary(name => name, name => new SecretLocation { Name = name, Environment = name }),
            Environment = name => name == "bot" ? shown.Slack.BotToken : token,
        };
        shown.Run = clock.Run = await RolloutScenario.GivenAsync(
            Playbook,
            metrics: metrics => metrics.Say("errors", _ => MetricReading.Of(shown.errors, 100)),
            services: services => services
                .AddSingleton(new GitHubOptions { ApiUrl = shown.GitHub.Address, Token = "token", WriteInterval = TimeSpan.Zero })
                .AddSingleton(new SlackOptions { BotToken = "bot", Team = shown.Slack.Team, Api = shown.Slack.Api })
                .AddSingleton(secrets));
        await shown.PassAsync(0.1);
        return shown;
    }

    /// <summary>Neither can be reached.</summary>
    public void BothGoAway() => (GitHub.Faults.Down, Slack.Down) = (true, true);

    public void BothComeBack()
    {
        GitHub.Faults.Clear();
        Slack.Down = false;
    }

    /// <summary>From now on more fails than the guardrail allows.</summary>
    public void ErrorsRise() => errors = 0.2;

    public Task PassAsync(double hours) => Run.WhenTimePassesAsync(TimeSpan.FromHours(hours));

    /// <summary>The soak of the first stage, and its approval by two people.</summary>
    public async Task GoThroughTheFirstStageAsync()
    {
        await PassAsync(24.5);
        await Run.WhenAsync(RunVerb.Approve, "bob", "good");
        await Run.WhenAsync(RunVerb.Approve, "cyn");
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        await GitHub.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private static bool IsStatus(FakeComment comment) => comment.Body.Contains(IssueTags.Status(RolloutScenario.RunId), StringComparison.Ordinal);

    /// <summary>The run's clock, also before there is one.</summary>
    private sealed class RunsClock : TimeProvider
    {
        public RolloutScenario? Run { get; set; }

        public override DateTimeOffset GetUtcNow() => Run?.Now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    }
}
