namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>The exact text of every problem, at its line and column.</summary>
public sealed class MalformedPlaybookTests
{
    /// <summary>Writes what is found into the case files, to be reviewed as a diff.</summary>
    private static readonly bool Update = Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_EXPECTED") == "1";

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(MalformedCase.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (Update) Rewrite(file);
            foreach (var each in MalformedCase.Read(file)) data.Add(file, each.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Playbook_Malformed_GivesExactlyTheseProblems(string file, string title)
    {
        var each = MalformedCase.Read(file).Single(candidate => candidate.Title == title);

        Assert.Equal(each.Expected, Problems(each.Document));
    }

    [Fact]
    public void Cases_CoverEveryCodeOfPlaybooks()
    {
        var covered = Directory.GetFiles(MalformedCase.Folder).SelectMany(path => MalformedCase.Read(Path.GetFileName(path))).SelectMany(each => each.Expected).Select(line => line.Split(' ')[1]).ToHashSet();
        // Limits that take a large file, and the inputs of a run, have tests of their own.
        string[] elsewhere = ["RW1002", "RW1003", "RW1004", "RW1200", "RW1201", "RW1202"];

        Assert.Equal([], ProblemCodes.All.Select(code => code.Code).Except(covered).Except(elsewhere));
    }

    private static List<string> Problems(string yaml) =>
        [.. PlaybookLoader.Load(yaml, "p.yaml", TestCatalog.Instance).Problems.Select(problem => problem.ToString())];

    private static void Rewrite(string file) =>
        File.WriteAllText(Path.Combine(MalformedCase.Folder, file), MalformedCase.Write(MalformedCase.Read(file).ToList().Select(each => each with { Expected = Problems(each.Document) })));
}
