using System.Xml.Linq;

namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>What became of tests, from the reports of a test run: by <c>Class.Method</c>, the worst of its cases.</summary>
internal static class RequirementResults
{
    private static readonly string[] WorstFirst = ["failed", "skipped", "passed"];

    public static IReadOnlyDictionary<string, string> Read(string folder) => Directory.EnumerateFiles(folder, "*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("test"))
        .GroupBy(test => $"{test.Attribute("type")!.Value.Split('.')[^1]}.{test.Attribute("method")!.Value}")
        .ToDictionary(test => test.Key, test => WorstFirst.First(word => test.Any(one => WordOf(one.Attribute("result")!.Value) == word)));

    private static string WordOf(string result) => result switch
    {
        "Pass" => "passed",
        "Skip" => "skipped",
        _ => "failed",
    };
}
