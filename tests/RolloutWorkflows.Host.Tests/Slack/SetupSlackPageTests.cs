using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>What the page and the manifest tell people to do is what the server takes.</summary>
public sealed partial class SetupSlackPageTests : IDisposable
{
    private static readonly string Manifest = Repository.PathOf("infra", "slack-app-manifest.yaml");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Example_OfThePage_IsReadWithoutAWarning()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "setup-slack.md"));
        var blocks = Json().Matches(page).Select(match => match.Groups[1].Value).ToList();
        folder.Write("host.json", blocks[0]);

        var configuration = HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>());

        Assert.Empty(configuration.Warnings);
        var slack = configuration.Rollout.Slack;
        Assert.Equal(("slack-bot", "slack-app", "T012AB3CD", "A012AB3CD"), (slack.BotToken, slack.AppToken, slack.Team, slack.App));
        Assert.Contains("\"signingSecret\": \"slack-signing\"", blocks[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NamesEveryProblemCodeOfSlack()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "setup-slack.md"));

        foreach (var code in (string[])["slack-signature", "slack-elsewhere", "slack-not-configured"]) Assert.Contains($"`{code}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_ConnectsBySocketAndAsksForNoMoreThanIsUsed()
    {
        var root = Read(await File.ReadAllTextAsync(Manifest));

        Assert.Equal(["channels:history", "chat:write", "commands", "groups:history"], ((YamlSequenceNode)At(root, "oauth_config", "scopes", "bot")).Select(scope => ((YamlScalarNode)scope).Value!).Order(StringComparer.Ordinal));
        Assert.Equal("true", Text(root, "settings", "socket_mode_enabled"));
        Assert.Equal("true", Text(root, "settings", "interactivity", "is_enabled"));
        Assert.Equal("/rollout", Text(((YamlSequenceNode)At(root, "features", "slash_commands"))[0], "command"));
        // Slack's limits for what it shows: https://docs.slack.dev/reference/app-manifest/.
        Assert.InRange(Text(root, "display_information", "name").Length, 1, 35);
        Assert.InRange(Text(root, "display_information", "description").Length, 1, 140);
        Assert.InRange(Text(root, "features", "bot_user", "display_name").Length, 1, 80);
    }

    [Fact]
    public async Task Manifest_WithItsAddressesTakenIn_LeadsToTheRoutes()
    {
        await using var host = await RunningHost.StartAsync();
        var routes = host.Services.GetServices<HttpTrigger>().Where(trigger => trigger.MediaType == HttpTrigger.Form).Select(trigger => $"/{trigger.Route}");
        var root = Read((await File.ReadAllTextAsync(Manifest)).Replace("# url:", "url:", StringComparison.Ordinal).Replace("# request_url:", "request_url:", StringComparison.Ordinal));

        var addresses = new[] { Text(((YamlSequenceNode)At(root, "features", "slash_commands"))[0], "url"), Text(root, "settings", "interactivity", "request_url") };

        Assert.All(addresses, address => Assert.StartsWith("https://", address, StringComparison.Ordinal));
        Assert.Equal(routes.Order(StringComparer.Ordinal), addresses.Select(address => new Uri(address).AbsolutePath).Order(StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static YamlNode Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, name) => at[name]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
