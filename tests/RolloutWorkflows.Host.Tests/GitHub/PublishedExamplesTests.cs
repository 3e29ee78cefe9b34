using System.Text.Json;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>Everything that GitHub publishes as an example of a webhook, of github.com and of Enterprise Server, sent to a server with a live run.</summary>
public sealed class PublishedExamplesTests
{
    [Fact]
    public async Task EveryPublishedExample_ThatConcernsNoRun_IsAcceptedAndChangesNothing()
    {
        var files = Directory.GetFiles(NodeTools.PathOf("@octokit", "webhooks-examples"), "index.json", SearchOption.AllDirectories);
        await using var host = await HookedHost.StartAsync();
        var runId = await host.StartRunAsync("tiny", "ada");
        var before = await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1 && details.Timeline.Any(entry => entry.Kind == RunLogKind.ApprovalAsked), "an open approval in its record");
        var sent = 0;

        foreach (var file in files)
        {
            using var examples = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            foreach (var kind in examples.RootElement.EnumerateArray())
            {
                var name = kind.GetProperty("name").GetString()!;
                foreach (var example in kind.GetProperty("examples").EnumerateArray())
                {
                    var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(example.GetRawText(), name, $"example-{sent++}"));
                    Assert.True(status == (name == "ping" ? 200 : 202), $"{file}: {name}: {status} {text}");
                }
            }
        }

        Assert.True(sent > 500, $"expected more than 500 examples, got {sent}");
        var after = await host.DetailsAsync(runId);
        Assert.Equal(before.Position, after.Position);
        Assert.Empty(Assert.Single(after.Run.OpenApprovals).Votes);
    }
}
