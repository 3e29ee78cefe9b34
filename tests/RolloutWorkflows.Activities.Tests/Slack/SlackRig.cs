using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The real client, and a Slack that it is connected to, on one virtual clock.</summary>
internal sealed class SlackRig : IAsyncDisposable
{
    public const string Channel = "C0ROLLOUT";

    private readonly OutboundHttp http;

    private SlackRig(FakeSlack slack, VirtualTimeProvider time, SlackOptions options, Dictionary<string, string> tokens)
    {
        (Slack, Time, Options) = (slack, time, options);
        var secrets = new SecretOptions
        {
            Secrets = tokens.Keys.ToDictionary(name => name, name => new SecretLocation { Name = name, Environment = name }),
            Environment = tokens.GetValueOrDefault,
        };
        http = OperatorHttp.Create();
        Client = new SlackClient(options, http, new Secrets(secrets), time);
    }

    public FakeSlack Slack { get; }

    public VirtualTimeProvider Time { get; }

    public SlackOptions Options { get; }

    public SlackClient Client { get; }

    public static async Task<SlackRig> StartAsync(Func<SlackOptions, SlackOptions>? change = null, string? botToken = null)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var slack = await FakeSlack.StartAsync(time, Channel);
        var options = new SlackOptions { BotToken = "SLACK_BOT_TOKEN", AppToken = "SLACK_APP_TOKEN", Team = slack.Team, Api = slack.Api };
        var tokens = new Dictionary<string, string> { ["SLACK_BOT_TOKEN"] = botToken ?? slack.BotToken, ["SLACK_APP_TOKEN"] = slack.AppToken };
        return new SlackRig(slack, time, change?.Invoke(options) ?? options, tokens);
    }

    public Task<SlackPosted> PostAsync(string text, string? thread = null, string channel = Channel) =>
        Client.PostMessageAsync(new SlackMessage { Channel = channel, Text = text, Thread = thread }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Slack.DisposeAsync();
    }
}
