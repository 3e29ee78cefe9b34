using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A run on the real engine with the real outbox, connected to a Slack that lives by the same virtual clock.</summary>
internal sealed class SlackThreadRig : IAsyncDisposable
{
    public const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout, title: New checkout }
        spec:
          people:
            persons:
              ada: { name: Ada, slack: T0ROLLOUT/U0ADA }
              bob: { name: Bob, slack: T0ROLLOUT/U0BOB }
              cyn: { name: Cyn, slack: T0ELSEWHERE/U0CYN }
              dan: { name: Dan }
            groups: { captains: [ada, bob, cyn, dan] }
          channels: { slack: { channel: C0ROLLOUT } }
          metrics:
            errors: { source: test, value: errors }
          guardrails:
            - { metric: errors, interval: 1h, warningCondition: result > 2%, failureCondition: result > 5%, failureLimit: 2, onFailed: hold }
          stages:
            - name: small
              title: One in ten
              milestone: { id: M1, title: one in ten }
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
              soak: { for: 24h, atMost: 48h }
              approval: { approvers: [ { group: captains } ], minApprovals: 2 }
              rollback: { to: start, objective: 1m }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 100 } } ]
              soak: { for: 24h }
              rollback: { to: start }
        """;

    private readonly Clock clock;

    private SlackThreadRig(FakeSlack slack, Clock clock, RolloutScenario run) => (Slack, this.clock, Run) = (slack, clock, run);

    public FakeSlack Slack { get; }

    public RolloutScenario Run { get; }

    /// <summary>The thread's first message.</summary>
    public FakeSlackMessage Header => Assert.Single(Slack.Messages, message => message.Thread is null);

    /// <summary>What was said in the thread, in order.</summary>
    public IReadOnlyList<FakeSlackMessage> Replies => [.. Slack.Thread(Header.Ts).Skip(1)];

    public IReadOnlyList<string> Said => [.. Replies.Select(reply => reply.Shown)];

    /// <summary>Starts a run by ada, on Monday 2026-03-02 at 09:00 UTC.</summary>
    public static async Task<SlackThreadRig> StartAsync(string? playbook = null, SlackQuietHours? quietHours = null, Action<FakeSlack>? prepare = null, Action<ScriptedMetrics>? metrics = null)
    {
        var clock = new Clock();
        var slack = await FakeSlack.StartAsync(clock);
        prepare?.Invoke(slack);
        var options = new SlackOptions { BotToken = "bot", Team = slack.Team, Api = slack.Api, QuietHours = quietHours };
        var secrets = new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { ["bot"] = new() { Name = "bot", Environment = "BOT" } }, Environment = _ => slack.BotToken };
        var run = await RolloutScenario.GivenAsync(playbook ?? Playbook, metrics: metrics ?? AllGreen, services: services => services.AddSingleton(options).AddSingleton(secrets));
        clock.Run = run;
        return new SlackThreadRig(slack, clock, run);
    }

    public static void AllGreen(ScriptedMetrics metrics) => metrics.Say("errors", _ => MetricReading.Of(0.001));

    /// <summary>The channel that the outbox calls.</summary>
    public IChannel Channel => Run.Host.Services.GetServices<IChannel>().Single(channel => channel.Name == "slack");

    /// <summary>The run as the channel sees it now.</summary>
    public async Task<ChannelRun> ViewAsync() => new()
    {
        Input = await Run.InputAsync(),
        Status = await Run.StatusAsync(),
        Memory = Run.Host.Services.GetRequiredService<IChannelMemories>().Of(RolloutScenario.RunId, "slack"),
        Now = Run.Now,
    };

    public Task PassAsync(double hours) => Run.WhenTimePassesAsync(TimeSpan.FromHours(hours));

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private sealed class Clock : TimeProvider
    {
        public RolloutScenario? Run { get; set; }

        public override DateTimeOffset GetUtcNow() => Run?.Now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    }
}
