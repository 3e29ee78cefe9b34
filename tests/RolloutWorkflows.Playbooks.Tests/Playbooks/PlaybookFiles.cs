namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>The playbooks that ship, and the ones that later versions carry out, which the language already has to read.</summary>
internal static class PlaybookFiles
{
    public static readonly string FixtureFolder = Repository.PathOf("tests", "RolloutWorkflows.Playbooks.Tests", "Playbooks");

    public static readonly string[] Fixtures = [.. Directory.GetFiles(FixtureFolder, "*.yaml").Order(StringComparer.Ordinal)];

    public static readonly string[] All = [.. Directory.GetFiles(Repository.PathOf("playbooks"), "*.yaml").Order(StringComparer.Ordinal), .. Fixtures];
}
