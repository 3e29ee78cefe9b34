namespace RolloutWorkflows.Orchestrations.Tests.Runs;

public sealed class StateDiagramTests
{
    [Fact]
    [Trait("Category", "Generated")]
    public void StateMachinePage_EqualsTheTransitionTable()
    {
        var page = Path.Combine(RepositoryRoot(), "docs", "state-machine.md");
        if (Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_GENERATED") == "1") File.WriteAllText(page, StateDiagram.ToMarkdown());
        Assert.Equal(StateDiagram.ToMarkdown(), File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RolloutWorkflows.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"RolloutWorkflows.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
