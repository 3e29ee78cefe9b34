using System.Text.RegularExpressions;

namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>Finds, in the sources of all tests, which ones say that they show a row.</summary>
internal static partial class RequirementSources
{
    public static IReadOnlyList<ShownRequirement> Read() =>
    [
        .. RepositoryFiles.CSharpBelow("tests").SelectMany(file =>
        {
            var name = Path.GetFileName(file).Split('.')[0];
            return MarkedTest().Matches(File.ReadAllText(file)).SelectMany(test => Mark().Matches(test.Groups["marks"].Value)
                .Select(mark => new ShownRequirement(mark.Groups["row"].Value, mark.Groups["playbook"].Value, mark.Groups["bad"].Success, $"{name}.{test.Groups["name"].Value}")));
        }).OrderBy(shown => shown.Test, StringComparer.Ordinal),
    ];

    // Whatever stands between the marks and the method: other attributes and comments.
    [GeneratedRegex(@"(?<marks>(?:[ ]+\[[^\n]*\]\n|[ ]+//[^\n]*\n)*[ ]+\[Requirement\([^\n]*\n(?:[ ]+\[[^\n]*\]\n|[ ]+//[^\n]*\n)*)\s*public (?:static )?(?:async )?(?:Task|ValueTask|void) (?<name>\w+)\(")]
    private static partial Regex MarkedTest();

    [GeneratedRegex(@"Requirement\(""(?<row>[A-Z]\d+)"", ""(?<playbook>[a-z0-9-]+)""(?<bad>, BadWay = true)?\)")]
    private static partial Regex Mark();
}
