using System.Net;
using System.Net.Http.Json;

namespace RolloutWorkflows.Host.Tests.Runs;

/// <summary>A run that its playbook wants to be shown where this server is not connected starts, and says that nobody will see it there.</summary>
public sealed class ChannelWarningsTests
{
    private static readonly string Shown = SamplePlaybooks.Tiny
        .Replace("name: tiny,", "name: shown,", StringComparison.Ordinal)
        .Replace("  rollback: { to: start", "  channels: { releaseIssue: { repository: web4/app }, slack: { channel: C0ROLLOUT } }\n  rollback: { to: start", StringComparison.Ordinal);

    [Fact]
    public async Task Start_WithChannelsOnAServerThatIsConnectedToNone_WarnsInTheAnswerAndTheRecord()
    {
        await using var host = await RunningHost.StartAsync(Prepare);
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "shown" }, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var started = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options, TestContext.Current.CancellationToken))!;
        Assert.Collection(
            started.Warnings,
            warning => Assert.Contains("no issue of web4/app shows this run", warning, StringComparison.Ordinal),
            warning => Assert.Contains("no thread in C0ROLLOUT shows this run", warning, StringComparison.Ordinal));
        var details = await host.WaitForAsync(started.RunId, run => run.Timeline.Any(line => line.Message == started.Warnings[1]), "the warnings in the record");
        Assert.Single(details.Timeline, line => line.Message == started.Warnings[0]);
    }

    [Fact]
    public async Task Start_WithoutAReleaseIssue_WarnsOfNothing()
    {
        await using var host = await RunningHost.StartAsync(Prepare);
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts?dryRun=true", new { playbook = "tiny" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty((await answer.Content.ReadFromJsonAsync<StartPreviewAnswer>(ApiJson.Options, TestContext.Current.CancellationToken))!.Warnings);
    }

    private static void Prepare(TemporaryFolder folder)
    {
        SamplePlaybooks.Prepare(folder);
        folder.Write("playbooks/shown.yaml", Shown);
        folder.Write("host.json", SamplePlaybooks.TrustingHost.Replace("\"flags\": [\"*\"]", "\"flags\": [\"*\"], \"repositories\": [\"web4/app\"]", StringComparison.Ordinal));
    }
}
