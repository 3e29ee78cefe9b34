using System.Diagnostics;
using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>Slack's own receiver (@slack/bolt) beside ours: it takes what the tests sign, and refuses what we refuse.</summary>
public sealed class SlackBoltTests
{
    [Fact]
    public async Task Requests_OfEveryKind_AreTakenAndRefusedAsBySlacksOwnReceiver()
    {
        NodeTools.Require();
        await using var scene = await SlackScene.StartAsync();
        using var bolt = StartBolt(scene.Slack.SigningSecret);
        var port = int.Parse(await bolt.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await bolt.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)), CultureInfo.InvariantCulture);
        var now = TimeProvider.System.GetUtcNow();
        var cases = new (string What, int Status, Func<FakeSlackDelivery, FakeSlackDelivery> Change)[]
        {
            ("as Slack sends it", 200, delivery => delivery),
            ("four minutes old", 200, delivery => delivery with { Timestamp = now - TimeSpan.FromMinutes(4) }),
            ("delivered again", 200, delivery => delivery with { RetryNum = 1 }),
            ("six minutes old", 401, delivery => delivery with { Timestamp = now - TimeSpan.FromMinutes(6) }),
            ("changed on the way", 401, delivery => delivery with { Tamper = body => body + "&text=more" }),
            ("signed by somebody else", 401, delivery => delivery with { SigningSecret = "another" }),
            ("without a signature", 401, delivery => delivery with { Signature = "" }),
            ("of another version", 401, delivery => delivery with { Signature = "v1=00" }),
            ("with a short signature", 401, delivery => delivery with { Signature = "v0=" }),
        };

        foreach (var (what, status, change) in cases)
        {
            var theirs = await scene.Slack.SlashAsync(SlackScene.Grace, "help", change(new FakeSlackDelivery { To = new Uri($"http://127.0.0.1:{port}/slack/events") }));
            var ours = await scene.Slack.SlashAsync(SlackScene.Grace, "help", change(scene.ToCommands));
            Assert.Equal((what, status, status), (what, theirs.Status, ours.Status));
        }

        var message = await scene.PostAsync("voted-20260101-0000", null);
        foreach (var to in (Uri[])[new($"http://127.0.0.1:{port}/slack/events"), scene.ToInteractions.To!])
            Assert.Equal(200, (await scene.Slack.ClickAsync(SlackScene.Grace, message, SlackButton.Hold, new FakeSlackDelivery { To = to })).Status);
        bolt.StandardInput.Close();
        await bolt.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Process StartBolt(string signingSecret)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.PathOf("tests", "RolloutWorkflows.Host.Tests", "Slack", "bolt-receiver.cjs"));
        start.Environment["NODE_PATH"] = NodeTools.PathOf();
        start.Environment["SIGNING_SECRET"] = signingSecret;
        return Process.Start(start)!;
    }
}
