using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>A run on the real engine that is shown, by the real outbox and the real client, at a GitHub that remembers. All on virtual time.</summary>
internal sealed class ReleaseIssueRun : IAsyncDisposable
{
    public const string Repository = "web4/app";

    /// <summary>A confirmation, a soak and an approval, measured seldom so that days pass quickly.</summary>
    public const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout, title: New checkout }
        spec:
          inputs: { issue: { type: number, default: 7 } }
          people:
            persons: { ada: { github: 1 }, bob: { github: 2 }, cyn: { github: 3 } }
            groups: { captains: [ada, bob, cyn] }
          channels: { releaseIssue: { repository: web4/app, labels: [rollout, production] } }
          metrics: { errors: { source: test, value: errors } }
          guardrails: [ { metric: errors, interval: 1h, failureCondition: result > 5% } ]
          stages:
            - name: small
              milestone: { id: M1, title: One in ten }
              ready: [ { id: documented, uses: manual/confirm, with: { prompt: Is it documented?, approvers: [ { group: captains } ] } } ]
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
              soak: { for: 24h, atMost: 48h }
              approval: { approvers: [ { group: captains } ], minApprovals: 2, timeout: 3d }
              rollback: { to: start }
            - name: all
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: checkout, percent: 100 } } ]
              soak: { for: 24h }
              rollback: { to: start }
        """;

    /// <summary>The same, shown in an issue that people have opened.</summary>
    public static readonly string Adopting = Playbook.Replace("repository: web4/app,", "repository: web4/app, number: \"${{ inputs.issue }}\",", StringComparison.Ordinal);

    private ReleaseIssueRun(FakeGitHub gitHub) => GitHub = gitHub;

    public FakeGitHub GitHub { get; }

    public RolloutScenario Run { get; private set; } = null!;

    /// <summary>Who we are.</summary>
    public FakeAccount Self { get; private set; } = null!;

    public ScriptedCatchUp CatchUp { get; } = new();

    public FakeRepository App => GitHub.Repository(Repository);

    public FakeIssue Issue => App.Issues.Single();

    public FakeComment StatusComment => Ours.Single(comment => comment.Body.Contains(IssueTags.Status(RolloutScenario.RunId), StringComparison.Ordinal));

    public IEnumerable<FakeComment> Ours => Issue.Comments.Where(comment => comment.Author.Id == Self.Id);

    /// <summary>The headings of our comments but the status, oldest first.</summary>
    public IReadOnlyList<string> Told => [.. Ours.Where(comment => comment != StatusComment).Select(HeadingOf)];

    /// <summary>Requests that change something, and have been done.</summary>
    public int Writes => GitHub.Requests.Count(request => request.Method is "POST" or "PATCH" && request.Path != "/graphql");

    public IReadOnlyDictionary<IssueBox, bool> Boxes => IssueBody.Parse(RolloutScenario.RunId, Issue.Body);

    /// <param name="playbook">What is carried out; null: <see cref="Playbook"/>.</param>
    /// <param name="before">What happens at GitHub before the run starts.</param>
    public static async Task<ReleaseIssueRun> StartAsync(string? playbook = null, Func<ReleaseIssueRun, Task>? before = null)
    {
        var clock = new RunsClock();
        var shown = new ReleaseIssueRun(await FakeGitHub.StartAsync(clock));
        shown.GitHub.AddRepository(Repository);
        foreach (var (id, login) in new[] { (1L, "ada"), (2L, "bob"), (3L, "cyn"), (66L, "mallory") }) shown.GitHub.AddUser(id, login);
        shown.Self = shown.GitHub.AddUser(500, "rollout-bot");
        var token = shown.GitHub.AddToken(shown.Self);
        if (before is not null) await before(shown);
        var secrets = new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { ["token"] = new() { Name = "token", Environment = "T" } }, Environment = _ => token };
        shown.Run = clock.Run = await RolloutScenario.GivenAsync(
            playbook ?? Playbook,
            metrics: metrics => metrics.Say("errors", _ => MetricReading.Of(0.01, 100)),
            services: services => services
                .AddSingleton(new GitHubOptions { ApiUrl = shown.GitHub.Address, Token = "token", WriteInterval = TimeSpan.Zero })
                .AddSingleton(secrets)
                .AddSingleton<ITickCatchUp>(shown.CatchUp));
        await shown.SettleAsync();
        return shown;
    }

    /// <summary>Edits of one issue are ten seconds apart, so that what was held back is shown after those.</summary>
    public Task SettleAsync() => Run.WhenTimePassesAsync(TimeSpan.FromSeconds(31));

    /// <summary>The confirmation, the soak and the approval of the first stage.</summary>
    public async Task GoThroughTheFirstStageAsync()
    {
        await Run.WhenAsync(RunVerb.Approve, "bob", "read it");
        await Run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await Run.WhenAsync(RunVerb.Approve, "bob", "good");
        await Run.WhenAsync(RunVerb.Approve, "cyn");
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        await GitHub.DisposeAsync();
    }

    private static string HeadingOf(FakeComment comment) => comment.Body.Split('\n').First(line => line.StartsWith("###", StringComparison.Ordinal));

    /// <summary>The run's clock, also before there is one.</summary>
    private sealed class RunsClock : TimeProvider
    {
        public RolloutScenario? Run { get; set; }

        public override DateTimeOffset GetUtcNow() => Run?.Now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    }
}
