namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>The playbooks that ship.</summary>
internal static class PlaybookFiles
{
    public static readonly string[] All = [.. Directory.GetFiles(Repository.PathOf("playbooks"), "*.yaml").Order(StringComparer.Ordinal)];
}
