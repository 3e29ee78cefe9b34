using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Host.Tests.Configuration;

/// <summary>How a host is connected to GitHub.</summary>
public sealed class GitHubSettingsTests : IDisposable
{
    private const string Place = "host.json.extensions.rollout.gitHub";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Read_Nothing_IsNotConnected() => Assert.False(Read("""{ "extensions": {} }""").Rollout.GitHub.IsConnected);

    [Fact]
    public void Read_Token_IsPublicGitHubBySecretName()
    {
        var options = ReadGitHub("""{ "token": "github-token", "webhookSecret": "github-hook" }""").Rollout.GitHub;

        Assert.Equal((true, "github-token", null, "github-hook", "https://api.github.com/"), (options.IsConnected, options.Token, options.App, options.WebhookSecret, options.ApiUrl.AbsoluteUri));
    }

    [Fact]
    public void Read_AppOfEnterpriseServer_ItsKeyMayHaveLines()
    {
        var settings = ReadGitHub("""{ "apiUrl": "https://ghe.example.com/api/v3", "app": { "id": 77, "installationId": 9, "privateKey": "github-key" }, "writeInterval": "500ms" }""").Rollout;

        Assert.Equal(new GitHubAppOptions("77", "github-key", 9), settings.GitHub.App);
        Assert.Equal((new Uri("https://ghe.example.com/api/graphql"), TimeSpan.FromMilliseconds(500)), (settings.GitHub.GraphQlUrl, settings.GitHub.WriteInterval));
        Assert.True(settings.Secrets["github-key"].Multiline);
        Assert.False(settings.Secrets["github-token"].Multiline);
    }

    [Theory]
    [InlineData("""{ "apiUrl": "https://api.github.com" }""", $"{Place}: expected exactly one of token")]
    [InlineData("""{ "token": "github-token", "app": { "id": 1, "privateKey": "github-key" } }""", $"{Place}: expected exactly one of token")]
    [InlineData("""{ "token": "github-token", "apiUrl": "http://ghe.example.com/api/v3" }""", $"{Place}.apiUrl: expected an https:// address, since tokens are sent there")]
    [InlineData("""{ "token": "github-token", "apiUrl": "https://me:pw@ghe.example.com" }""", $"{Place}.apiUrl: expected an address such as")]
    [InlineData("""{ "token": "github-tokn" }""", $"{Place}.token: expected the name of a secret under extensions.rollout.secrets (known: github-hook, github-key, github-token), got \"github-tokn\"; did you mean github-token?")]
    [InlineData("""{ "app": { "privateKey": "github-key" } }""", $"{Place}.app.id: expected the App's number, got nothing")]
    [InlineData("""{ "app": { "id": 5 } }""", $"{Place}.app.privateKey: expected the name of a secret")]
    [InlineData("""{ "token": "github-token", "writeInterval": "2h" }""", $"{Place}.writeInterval: expected a duration of at most a minute")]
    public void Read_WhatCannotBeUsed_NamesItsPlace(string gitHub, string expected) =>
        Assert.Contains(Assert.Throws<HostConfigurationException>(() => ReadGitHub(gitHub)).Problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_TokenInClear_IsNotRepeated()
    {
        var problem = Assert.Throws<HostConfigurationException>(() => ReadGitHub("""{ "token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a" }""")).Message;

        Assert.DoesNotContain("ghp_", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownKey_IsWarned() =>
        Assert.Contains(ReadGitHub("""{ "token": "github-token", "webhokSecret": "x" }""").Warnings, warning => warning.Contains($"{Place}.webhokSecret", StringComparison.Ordinal) && warning.Contains("did you mean webhookSecret?", StringComparison.Ordinal));

    [Fact]
    public async Task Doctor_App_TellsWhoWeAreAndWhatIsMissing()
    {
        await using var github = await FakeGitHub.StartAsync();
        var app = github.AddApp(77, "rollout");
        await using var host = await StartAsync(github, app.PrivateKey);

        Assert.True(host.Services.GetRequiredService<IGitHub>().IsConnected);
        var fine = await CheckAsync(host);
        Assert.Equal(Health.Ok, fine.Health);
        Assert.StartsWith($"signed in at {github.Address.Authority} as rollout[bot] ({app.Bot.Id}), App 77; 4999 of 5000 requests left until ", fine.Message, StringComparison.Ordinal);

        app.Permissions["issues"] = "read";
        var missing = await CheckAsync(host);
        Assert.Equal(Health.Warn, missing.Health);
        Assert.Contains("missing issues: write", missing.Message, StringComparison.Ordinal);

        github.Faults.Down = true;
        Assert.Equal(Health.Fail, (await CheckAsync(host)).Health);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<DoctorCheck> CheckAsync(RunningHost host) =>
        (await host.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options))!.Checks.Single(check => check.Name == "GitHub");

    private static Task<RunningHost> StartAsync(FakeGitHub github, string key) => RunningHost.StartAsync(prepare =>
    {
        prepare.Write("app.pem", key);
        prepare.Write("hook", "it's a secret");
        prepare.Write("host.json", $$"""
            { "extensions": { "rollout": { "secrets": { "key": { "file": "app.pem" }, "hook": { "file": "hook" } },
              "gitHub": { "apiUrl": "{{github.EnterpriseApi}}", "app": { "id": 77, "privateKey": "key" }, "webhookSecret": "hook" } } } }
            """);
    });

    private HostConfiguration ReadGitHub(string gitHub) => Read($$"""
        { "extensions": { "rollout": { "secrets": { "github-token": { "env": "T" }, "github-key": { "env": "K" }, "github-hook": { "env": "H" } }, "gitHub": {{gitHub}} } } }
        """);

    private HostConfiguration Read(string json)
    {
        folder.Write("host.json", json);
        return HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>());
    }
}
