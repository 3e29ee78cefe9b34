using System.Text.Json;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>The manifest from which people register the App, held against GitHub's own description.</summary>
public sealed class AppManifestTests
{
    private static readonly JsonElement Manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("infra", "github-app-manifest.json"))).RootElement;

    [Fact]
    public void Manifest_OfTheApp_SendsWebhooksToTheRouteThatTakesThem() =>
        Assert.EndsWith("/webhooks/github", Manifest.GetProperty("hook_attributes").GetProperty("url").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Permissions_OfTheManifest_AreOnesThatGitHubKnows()
    {
        var file = NodeTools.PathOf("@octokit", "openapi", "generated", "api.github.com.json");
        using var description = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var known = description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("app-permissions").GetProperty("properties");

        foreach (var permission in Manifest.GetProperty("default_permissions").EnumerateObject())
            Assert.Contains(permission.Value.GetString(), known.GetProperty(permission.Name).GetProperty("enum").EnumerateArray().Select(level => level.GetString()));
    }
}
