using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed partial class DocumentationTests
{
    private const string Surroundings =
        """
          inputs:
            flag: { type: string, default: captions }
        """;

    private const string Metrics = "  metrics: { satisfaction: { source: s, value: v }, finalized-epochs: { source: s, value: v } }\n";
    private const string Channels = "  channels: { customers: { webhook: news } }\n";
    private const string Stage = "  stages: [ { name: one, steps: [ { uses: flag/set, with: { flag: a, value: true } } ] } ]\n";

    public static TheoryData<string, string> Samples()
    {
        var data = new TheoryData<string, string>();
        foreach (var page in new[] { "README.md", "docs/playbook-reference.md" })
        {
            var text = Repository.Read(page.Split('/'));
            foreach (Match match in YamlBlock().Matches(text)) data.Add($"{page}, sample on line {text[..match.Index].Count(c => c == '\n') + 1}", match.Groups[1].Value);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_OnAPage_Validates(string place, string yaml)
    {
        var problems = PlaybookLoader.Load(Complete(yaml), place, StepCatalog.BuiltIn).Problems;

        Assert.Equal("", string.Join('\n', problems.Where(problem => problem.Severity == ProblemSeverity.Error)));
    }

    [Fact]
    public void Reference_HasSamplesAndStaysShort()
    {
        Assert.InRange(Samples().Count, 9, 30);
        Assert.InRange(Repository.Read("docs", "playbook-reference.md").Split('\n').Length, 100, 300);
    }

    [Fact]
    [Trait("Category", "Generated")]
    public void ErrorPage_ExplainsEveryCodeAndNoOther() =>
        GeneratedFile.AssertUpToDate(ErrorPage.Render(), "docs", "errors", "README.md");

    [Fact]
    public void Codes_AreUniqueAndExplained()
    {
        Assert.Equal(ProblemCodes.All.Count, ProblemCodes.All.Select(code => code.Code).Distinct().Count());
        Assert.All(ProblemCodes.All, code => Assert.True(CodeShape().IsMatch(code.Code) && code.Cause.EndsWith('.') && code.Fix.EndsWith('.') && !code.Title.EndsWith('.'), code.Code));
    }

    /// <summary>A sample that is no whole playbook stands under <c>spec</c>, with what it names declared around it.</summary>
    private static string Complete(string yaml)
    {
        if (yaml.Contains("apiVersion:", StringComparison.Ordinal)) return yaml;
        var body = string.Concat(yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => $"  {each}\n"));
        return "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: sample }\nspec:\n"
            + (yaml.StartsWith("inputs:", StringComparison.Ordinal) ? "" : Surroundings + "\n")
            + (yaml.Contains("metrics:", StringComparison.Ordinal) ? "" : Metrics)
            + Channels
            + body
            + (yaml.Contains("stages:", StringComparison.Ordinal) ? "" : Stage);
    }

    [GeneratedRegex(@"^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^RW1[0-9]{3}\z")]
    private static partial Regex CodeShape();
}
