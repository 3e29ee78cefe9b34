using System.Net.Http.Json;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Host.Tests.Slack;

namespace RolloutWorkflows.Host.Tests.Diagnosis;

public sealed class SlackCheckTests
{
    [Fact]
    public async Task Doctor_ConnectedBySocket_NamesWorkspaceAndConnection()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);
        await scene.Slack.SlashAsync(SlackScene.Grace, "help", new FakeSlackDelivery());

        var checks = await ChecksAsync(scene);

        Assert.All(checks, check => Assert.Equal(Health.Ok, check.Health));
        Assert.Contains($"Rollout tests ({scene.Slack.Team})", checks[0].Message, StringComparison.Ordinal);
        Assert.Equal("connected over a socket", checks[1].Message);
    }

    [Fact]
    public async Task Doctor_WithoutAScope_SaysWhichAndWhatToDo()
    {
        await using var scene = await SlackScene.StartAsync();
        scene.Slack.Scopes = ["chat:write"];

        var checks = await ChecksAsync(scene);

        Assert.Equal(Health.Warn, checks[0].Health);
        Assert.Contains("missing commands", checks[0].Message, StringComparison.Ordinal);
        Assert.Contains("/webhooks/slack/interactions", checks[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithATokenThatSlackDoesNotKnow_FailsWithoutShowingIt()
    {
        await using var scene = await SlackScene.StartAsync();
        scene.Slack.Refuse("invalid_auth", "auth.test");

        var check = (await ChecksAsync(scene))[0];

        Assert.Equal(Health.Fail, check.Health);
        Assert.NotNull(check.Remedy);
        Assert.DoesNotContain(scene.Slack.BotToken, check.Message, StringComparison.Ordinal);
    }

    private static async Task<List<DoctorCheck>> ChecksAsync(SlackScene scene) =>
        [.. (await scene.Host.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options, TestContext.Current.CancellationToken))!.Checks.Where(check => check.Name.StartsWith("Slack", StringComparison.Ordinal))];
}
