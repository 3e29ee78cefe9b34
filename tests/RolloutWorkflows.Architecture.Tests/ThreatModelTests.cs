using System.Text.RegularExpressions;

namespace RolloutWorkflows.Architecture.Tests;

/// <summary>The threat model names a test for each defence; that they exist is looked at with all pages.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "docs", "threat-model.md"));

    [Fact]
    public void Page_EveryThreat_NamesATest()
    {
        var threats = Lines.Where(line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.StartsWith("| threat", StringComparison.Ordinal)).ToList();

        Assert.True(threats.Count >= 35, $"expected the table, got {threats.Count} lines of one");
        Assert.All(threats, line => Assert.Matches(Test(), line.Split('|')[3]));
    }

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Test();
}
