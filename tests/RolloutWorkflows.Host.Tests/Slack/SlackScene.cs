using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>The real server beside a Slack, with a playbook whose people are in that Slack: ada starts, grace and linus vote.</summary>
internal sealed class SlackScene : IAsyncDisposable
{
    public const string Ada = "U0ADA";

    public const string Grace = "U0GRACE";

    public const string Linus = "U0LINUS";

    public const string Stranger = "U0STRANGER";

    public const string Channel = "C0ROLLOUT";

    private SlackScene(FakeSlack slack, RunningHost host, CollectingLog log) => (Slack, Host, Log) = (slack, host, log);

    public FakeSlack Slack { get; }

    public RunningHost Host { get; }

    public CollectingLog Log { get; }

    /// <summary>Sends to the route for clicks and dialogs, as Slack does.</summary>
    public FakeSlackDelivery ToInteractions => new() { To = new Uri(Host.Address, "/webhooks/slack/interactions") };

    /// <summary>Sends to the route for slash commands, as Slack does.</summary>
    public FakeSlackDelivery ToCommands => new() { To = new Uri(Host.Address, "/webhooks/slack/commands") };

    /// <param name="needed">How many must approve.</param>
    /// <param name="socket">Whether the server connects by itself.</param>
    /// <param name="time">The clock of both; null: the real one.</param>
    /// <param name="folder">Of an earlier server.</param>
    /// <param name="slack">An earlier Slack.</param>
    public static async Task<SlackScene> StartAsync(int needed = 1, bool socket = false, TimeProvider? time = null, TemporaryFolder? folder = null, FakeSlack? slack = null)
    {
        slack ??= await FakeSlack.StartAsync(time);
        var log = new CollectingLog();
        var host = await RunningHost.StartAsync(
            prepare: prepared => Prepare(prepared, slack, needed, socket),
            change: settings => settings with { TimeProvider = time ?? TimeProvider.System, LogLevel = LogLevel.Information },
            folder: folder);
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        // Without keys nothing is taken from anywhere.
        host.As("ada");
        return new SlackScene(slack, host, log);
    }

    /// <summary>A run that asks, and its question.</summary>
    public async Task<(string RunId, OpenApproval Question)> AskAsync(string flag = "bar")
    {
        var runId = await Host.StartRunAsync("voted", "ada", new { flag });
        var asking = await Host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1 && details.Timeline.Any(entry => entry.Kind == RunLogKind.ApprovalAsked), "an open question in its record");
        return (runId, asking.Run.OpenApprovals[0]);
    }

    /// <summary>A message with the four buttons of a question.</summary>
    public async Task<FakeSlackMessage> PostAsync(string runId, string? approvalId)
    {
        var value = new SlackButton(runId, approvalId).ToValue();
        var posted = await Host.Services.GetRequiredService<ISlack>().PostMessageAsync(new SlackMessage
        {
            Channel = Channel,
            Text = "a question",
            Blocks = SlackBlocks.Message(SlackBlocks.Actions(
                "answers",
                SlackBlocks.Button(SlackButton.Approve, "Approve", value),
                SlackBlocks.Button(SlackButton.Reject, "Reject", value),
                SlackBlocks.Button(SlackButton.Hold, "Hold", value),
                SlackBlocks.Button(SlackButton.Rollback, "Roll back", value))),
        });
        return Slack.Messages.Single(message => message.Ts == posted.Ts);
    }

    /// <summary>Clicks, and waits for the dialog.</summary>
    public async Task<FakeSlackView> OpenAsync(string user, FakeSlackMessage message, string actionId, FakeSlackDelivery? delivery = null)
    {
        var before = Slack.Views.Count(view => view.User == user);
        var answer = await Slack.ClickAsync(user, message, actionId, delivery ?? ToInteractions);
        Assert.Equal((200, ""), (answer.Status, answer.Body));
        return await Slack.WaitForAsync(slack => slack.Views.Where(view => view.User == user).ElementAtOrDefault(before));
    }

    /// <summary>Sends a dialog off with a reason.</summary>
    public Task<FakeSlackAnswer> SubmitAsync(FakeSlackView view, string? reason, FakeSlackDelivery? delivery = null, string? user = null) =>
        Slack.SubmitAsync(view, new Dictionary<string, string?> { ["reason/reason"] = reason }, delivery ?? ToInteractions, user);

    /// <summary>What one person was told, newest last, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string user, int atLeast = 1) => await Slack.WaitForAsync(slack =>
    {
        var told = slack.Responses.Where(response => response.User == user).Select(response => response.Text).Concat(slack.Ephemerals.Where(message => message.User == user).Select(message => message.Text)).ToList();
        return told.Count >= atLeast ? told : null;
    });

    /// <summary>Everything that is done behind an answer is done.</summary>
    public Task SettleAsync() => Host.Services.GetRequiredService<SlackBehind>().SettleAsync();

    /// <summary>The texts of a view, joined.</summary>
    public static string TextOf(FakeSlackView view) => string.Join('\n', Texts(view.View));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Slack.DisposeAsync();
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject text when (string?)text["type"] is "mrkdwn" or "plain_text" => [(string)text["text"]!],
        JsonObject other => other.SelectMany(pair => Texts(pair.Value)),
        _ => [],
    };

    private static void Prepare(TemporaryFolder folder, FakeSlack slack, int needed, bool socket)
    {
        folder.Write("playbooks/voted.yaml", $$$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: voted, title: A <b>voted</b> rollout }
            spec:
              inputs: { flag: { type: string, default: bar } }
              people:
                persons:
                  ada: { name: Ada, slack: {{{slack.Team}}}/{{{Ada}}} }
                  grace: { name: Grace, slack: {{{slack.Team}}}/{{{Grace}}} }
                  linus: { name: Linus, slack: {{{slack.Team}}}/{{{Linus}}} }
                groups: { captains: [ada, grace, linus] }
              rollback: { to: start, objective: 1m }
              stages:
                - name: some
                  steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 10 } } ]
                  approval: { approvers: [ { group: captains } ], minApprovals: {{{needed}}} }
                - name: everybody
                  steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 100 } } ]
            """);
        folder.Write("host.json", $$"""
            {
              "extensions": { "rollout": {
                "allowPlaybookPeople": true,
                "grants": { "*": { "flags": ["*"] } },
                "secrets": { "slack-bot": { "env": "SLACK_BOT" }, "slack-signing": { "env": "SLACK_SIGNING" }, "slack-app": { "env": "SLACK_APP" } },
                "slack": { "botToken": "slack-bot", "signingSecret": "slack-signing", {{(socket ? "\"appToken\": \"slack-app\"," : "")}} "team": "{{slack.Team}}", "app": "{{slack.AppId}}", "apiUrl": "{{slack.Api}}" }
              } }
            }
            """);
        folder.Write("local.settings.json", $$"""{ "Values": { "SLACK_BOT": "{{slack.BotToken}}", "SLACK_SIGNING": "{{slack.SigningSecret}}", "SLACK_APP": "{{slack.AppToken}}" } }""");
    }
}
