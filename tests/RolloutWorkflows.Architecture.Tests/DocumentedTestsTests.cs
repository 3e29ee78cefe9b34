using System.Text.RegularExpressions;

namespace RolloutWorkflows.Architecture.Tests;

/// <summary>A page that names a test to show what it promises must name one that exists.</summary>
public sealed partial class DocumentedTestsTests
{
    private static readonly string[] Pages = ["docs/guarantees.md", "docs/threat-model.md"];

    [Fact]
    public void Pages_NameOnlyTestsThatExist()
    {
        var tests = Tests();
        var unknown = Pages.Select(page => (Page: page, File: Path.Combine(RepositoryFiles.Root, page))).Where(page => File.Exists(page.File))
            .SelectMany(page => File.ReadLines(page.File).SelectMany((line, index) => NamedTest().Matches(line)
                .Where(name => !tests.Contains(name.Groups["test"].Value))
                .Select(name => $"{page.Page}:{index + 1}: there is no test {name.Groups["test"].Value}")));
        Assert.Empty(unknown);
    }

    [Fact]
    public void Guarantees_EachLineNamesATest()
    {
        var lines = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs/guarantees.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| You may", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count > 30, $"only {lines.Count} guarantees were found");
        Assert.All(lines, line => Assert.Matches(NamedTest(), line));
    }

    /// <summary>Class.Method of every method in the test sources that a Fact or a Theory stands above.</summary>
    private static HashSet<string> Tests() =>
        [.. RepositoryFiles.CSharpBelow("tests")
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(method => $"{Path.GetFileName(file).Split('.')[0]}.{method.Groups["name"].Value}"))];

    [GeneratedRegex(@"`(?<test>[A-Z]\w*Tests\.[A-Z]\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\n(?:\s*(?:\[|//)[^\n]*\n)*\s*public (?:static )?(?:async )?(?:Task|ValueTask|void) (?<name>\w+)\(")]
    private static partial Regex TestMethod();
}
