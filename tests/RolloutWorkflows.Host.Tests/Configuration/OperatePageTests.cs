using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host.Tests.Configuration;

public sealed partial class OperatePageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Examples_OfThePage_AreReadWithoutAWarning()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "operate.md"));
        folder.Write("host.json", Json().Match(page).Groups[1].Value);
        var people = folder.Write("people.yaml", Yaml().Match(page).Groups[1].Value);

        var configuration = HostConfigurationReader.Read(folder.Path, new Dictionary<string, string> { ["STATUS_URL"] = "http://127.0.0.1:1/", ["STATUS_KEY"] = "k", ["PAGER_URL"] = "http://127.0.0.1:2/" });

        Assert.Empty(configuration.Warnings);
        Assert.Equal(["prometheus", "web4-status"], configuration.Rollout.MetricSources.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ada", "grace"], PeopleFile.Read(people).Groups["release-captains"]);
    }

    [Fact]
    public void ShippedConfiguration_IsReadWithoutAWarning()
    {
        folder.Write("host.json", File.ReadAllText(Repository.PathOf("host.json")));
        folder.Write("local.settings.json", File.ReadAllText(Repository.PathOf("local.settings.sample.json")));

        Assert.Empty(HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>()).Warnings);
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
