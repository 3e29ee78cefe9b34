using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host.Tests.Configuration;

public sealed class SlackSettingsReaderTests : IDisposable
{
    private const string Secrets = """ "secrets": { "slack-bot": { "env": "SLACK_BOT_TOKEN" }, "slack-signing": { "env": "SLACK_SIGNING_SECRET" } } """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Read_WholeSection_IsUnderstood()
    {
        var slack = Read("""
            { "botToken": "slack-bot", "signingSecret": "slack-signing", "team": "T012AB3CD", "apiUrl": "https://slack.example/api",
              "quietHours": { "timeZone": "Europe/Berlin", "from": "20:00", "to": "08:00", "days": "mon-fri" } }
            """).Rollout.Slack;

        Assert.Equal(("slack-bot", "slack-signing", null, "T012AB3CD"), (slack.BotToken, slack.SigningSecret, slack.AppToken, slack.Team));
        Assert.Equal(new Uri("https://slack.example/api/"), slack.Api);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), slack.QuietHours!.EndOfQuiet(new DateTimeOffset(2026, 3, 2, 20, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Read_NoSection_IsAHostWithoutSlack()
    {
        folder.Write("host.json", "{}");

        Assert.Equal(new SlackOptions(), HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>()).Rollout.Slack);
    }

    [Fact]
    public void Read_UnknownKeys_AreWarnedOf()
    {
        var configuration = Read("""{ "botToken": "slack-bot", "team": "T012AB3CD", "bottoken2": "x", "quietHours": { "timeZone": "UTC", "from": "20:00", "to": "08:00", "until": "x" } }""");

        Assert.Contains(configuration.Warnings, warning => warning.Contains("extensions.rollout.slack.bottoken2 is not a key of this section", StringComparison.Ordinal));
        Assert.Contains(configuration.Warnings, warning => warning.Contains("extensions.rollout.slack.quietHours.until is not a key of this section", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "team": "T012AB3CD" }""", "extensions.rollout.slack.botToken: expected the name of a secret under extensions.rollout.secrets that holds the bot token, got nothing.")]
    [InlineData("""{ "botToken": "slack-bot" }""", "extensions.rollout.slack.team: expected the workspace's id, such as T012AB3CD, got nothing.")]
    [InlineData("""{ "botToken": "slack-bot", "team": "rollouts" }""", "extensions.rollout.slack.team: expected the workspace's id, such as T012AB3CD, got \"rollouts\".")]
    [InlineData("""{ "botToken": "slack-bto", "team": "T012AB3CD" }""", "extensions.rollout.slack.botToken: expected the name of a secret under extensions.rollout.secrets (known: slack-bot, slack-signing), got \"slack-bto\"; did you mean slack-bot?.")]
    [InlineData("""{ "botToken": "slack-bot", "team": "T012AB3CD", "apiUrl": "http://slack.example/api" }""", "extensions.rollout.slack.apiUrl: expected an https:// address, since tokens are sent there, got one with http://.")]
    [InlineData("""{ "botToken": "slack-bot", "team": "T012AB3CD", "quietHours": { "timeZone": "UTC", "from": "20:00" } }""", "extensions.rollout.slack.quietHours.to: expected a time such as 08:00, got nothing.")]
    [InlineData("""{ "botToken": "slack-bot", "team": "T012AB3CD", "quietHours": { "timeZone": "Mars/Olympus", "from": "20:00", "to": "08:00" } }""", "the time zone is unknown on this machine; expected an IANA name such as Europe/Berlin, got 'Mars/Olympus'")]
    public void Read_WhatCannotBeUsed_IsNamedWithItsPlace(string slack, string problem)
    {
        var refused = Assert.Throws<HostConfigurationException>(() => Read(slack));

        Assert.Contains(refused.Problems, found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ATokenInPlaceOfItsName_IsNotRepeated()
    {
        var refused = Assert.Throws<HostConfigurationException>(() => Read("""{ "botToken": "xoxb-123456789012-1234567890123-abcdefghijklmnopqrstuvwx", "team": "T012AB3CD" }"""));

        Assert.DoesNotContain("xoxb", string.Join(' ', refused.Problems), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private HostConfiguration Read(string slack)
    {
        folder.Write("host.json", $$"""{ "extensions": { "rollout": { {{Secrets}}, "slack": {{slack}} } } }""");
        return HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>());
    }
}
