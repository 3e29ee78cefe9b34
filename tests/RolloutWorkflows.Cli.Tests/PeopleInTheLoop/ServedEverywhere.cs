using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli.Tests.PeopleInTheLoop;

/// <summary>The real program as a server, connected by its configuration to a GitHub and to a Slack that remember and outlive it.</summary>
internal sealed class ServedEverywhere : IAsyncDisposable
{
    private const string Repository = "web4/app";

    private const string Box = "rollout:box=some/go";

    private const long Bot = 900;

    private const long Ada = 101;

    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: shown, title: A shown rollout }
        spec:
          channels: { releaseIssue: { repository: web4/app }, slack: { channel: C0ROLLOUT } }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
              approval: { name: go, approvers: [ { group: captains } ] }
            - name: everybody
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: bar, percent: 100 } } ]
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder folder = new();

    private ServedEverywhere(FakeGitHub gitHub, FakeSlack slack) => (GitHub, Slack) = (gitHub, slack);

    public FakeGitHub GitHub { get; }

    public FakeSlack Slack { get; }

    public ServeProcess Server { get; private set; } = null!;

    public string RunId { get; private set; } = "";

    /// <summary>The message with the buttons, as it was posted.</summary>
    public FakeSlackMessage Question { get; private set; } = null!;

    public FakeIssue Issue => Assert.Single(GitHub.Repository(Repository).Issues);

    /// <summary>That message as it stands now.</summary>
    public FakeSlackMessage Now => Slack.Messages.Single(message => message.Ts == Question.Ts);

    /// <summary>What the server wrote on the issue.</summary>
    public IReadOnlyList<string> Told => [.. Issue.Comments.ToArray().Where(comment => comment.Author.Id == Bot).Select(comment => comment.Body)];

    private FakeSlackDelivery Delivery => new() { To = new Uri(Server.Address, "/webhooks/slack/interactions") };

    /// <summary>A run that asks in its issue and in its thread.</summary>
    public static async Task<ServedEverywhere> AskAsync()
    {
        var served = new ServedEverywhere(await FakeGitHub.StartAsync(), await FakeSlack.StartAsync());
        served.GitHub.AddUser(Ada, "ada-l");
        served.GitHub.AddRepository(Repository);
        served.Prepare(served.GitHub.AddToken(served.GitHub.AddUser(Bot, "rollout-bot")));
        await served.StartServerAsync();
        served.RunId = (await served.Server.RunAsync("start", "shown", "--as", "olga", "--reason", "a test")).Ended(ExitCode.Ok).Output.Trim();
        served.Question = await served.Slack.WaitForAsync(slack => slack.Messages.SingleOrDefault(message => message.Buttons.Contains(SlackButton.Approve)));
        await UntilAsync(() => served.GitHub.Repository(Repository).Issues.Count == 1 && served.Told.Any(text => text.Contains("is asked", StringComparison.Ordinal)), "the question in the issue");
        return served;
    }

    /// <summary>Ends the server as a power cut would, and starts another one on the same data.</summary>
    public async Task KillAndServeAgainAsync()
    {
        Server.Kill();
        await Server.DisposeAsync();
        await StartServerAsync();
    }

    public async Task<FakeSlackView> ClickAsync()
    {
        Assert.Equal(200, (await Slack.ClickAsync("U0ADA", Question, SlackButton.Approve, Delivery)).Status);
        return await Slack.WaitForAsync(slack => slack.Views.Count > 0 ? slack.Views[0] : null);
    }

    /// <summary>Sends the dialog off, for the first time or again.</summary>
    public Task<FakeSlackAnswer> SubmitAsync(FakeSlackView dialog, int? retry = null) =>
        Slack.SubmitAsync(dialog, new Dictionary<string, string?> { ["reason/reason"] = "go" }, Delivery with { RetryNum = retry });

    /// <summary>Writes a command; its webhook was answered when this ends.</summary>
    public Task<FakeComment> CommentAsync(string text) => GitHub.CommentAsync(Ada, Repository, Issue.Number, text);

    /// <summary>How the server reacted to a comment.</summary>
    public IReadOnlyList<string> ReactionsTo(FakeComment comment) => [.. Issue.Comments.ToArray().Single(one => one.Id == comment.Id).Reactions.ToArray().Select(reaction => reaction.Content)];

    public FakeDelivery DeliveryOf(string text) => GitHub.Webhooks.Deliveries.Last(one => one is { Event: "issue_comment", Action: "created" } && System.Text.Encoding.UTF8.GetString(one.Body).Contains($"\"{text}\"", StringComparison.Ordinal));

    /// <summary>Waits until the run has ended well and both places show it, each thing once; gives the only vote.</summary>
    public async Task<Vote> ThenPromotedAsync()
    {
        using var client = Server.ClientOf("olga");
        var done = await Runs.WaitAsync(client, RunId, details => details.Run.State == RunState.Succeeded, "success");
        await UntilAsync(() => Issue.Body.Split('\n').Single(line => line.Contains(Box, StringComparison.Ordinal)).Contains("[x]", StringComparison.Ordinal), "the box ticked");
        await UntilAsync(() => Now.Buttons.Count == 0 && Slack.Thread(Now.Thread!).Any(message => message.Shown.Contains("The rollout has ended", StringComparison.Ordinal)), "the end in the thread");
        await UntilAsync(() => Told.Any(text => text.Contains("Succeeded", StringComparison.Ordinal)), "the end in the issue");
        Assert.Single(done.Timeline, entry => entry.Kind == RunLogKind.CommandAccepted);
        var decided = Assert.Single(done.Timeline, entry => entry.Kind == RunLogKind.ApprovalDecided).Data!.Value.Deserialize<OpenApproval>(PlaybookJson.Options)!;
        var vote = Assert.Single(decided.Votes);
        Assert.NotEmpty(decided.Shown.Lines);
        Assert.Equal((decided.Shown.Digest, "ada"), (vote.Shown, vote.Person));
        Assert.Contains($"• ada: yes, by {vote.Via}, ", Now.Shown, StringComparison.Ordinal);
        var said = Slack.Thread(Now.Thread!).Select(message => message.Shown).ToList();
        Assert.Equal(said, said.Distinct());
        Assert.Equal(Told, Told.Distinct());
        return vote;
    }

    public static async Task UntilAsync(Func<bool> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"expected {expected} within {Deadline}");
            await pace.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await GitHub.DisposeAsync();
        await Slack.DisposeAsync();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private async Task StartServerAsync()
    {
        Server = await ServeProcess.StartAsync(folder.Path);
        // Without keys nothing is taken from anywhere.
        Server.KeyOf("olga");
        GitHub.Webhooks.Target = new Uri(Server.Address, "/webhooks/github");
    }

    private void Prepare(string token)
    {
        folder.Write("token.txt", token);
        folder.Write("hook.txt", GitHub.Webhooks.Secret);
        folder.Write("bot.txt", Slack.BotToken);
        folder.Write("signing.txt", Slack.SigningSecret);
        folder.Write("people.yaml", $"persons:\n  olga: {{ gitHub: 100 }}\n  ada: {{ gitHub: {Ada}, slack: {Slack.Team}/U0ADA }}\ngroups: {{ captains: [ada] }}\n");
        folder.Write("playbooks/shown.yaml", Playbook);
        folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
                "grants": { "*": { "flags": ["*"], "repositories": ["web4/*"] } },
                "secrets": { "github": { "file": "token.txt" }, "hook": { "file": "hook.txt" }, "bot": { "file": "bot.txt" }, "signing": { "file": "signing.txt" } },
                "gitHub": { "apiUrl": "{{GitHub.Address}}", "token": "github", "webhookSecret": "hook" },
                "slack": { "botToken": "bot", "signingSecret": "signing", "team": "{{Slack.Team}}", "app": "{{Slack.AppId}}", "apiUrl": "{{Slack.Api}}" }
            } } }
            """);
    }
}
