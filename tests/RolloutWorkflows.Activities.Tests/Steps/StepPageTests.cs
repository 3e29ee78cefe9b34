namespace RolloutWorkflows.Activities.Tests;

/// <summary>The pages under docs/steps equal what the code says. ROLLOUT_UPDATE_GENERATED=1 writes them anew.</summary>
public sealed class StepPageTests
{
    [Fact]
    [Trait("Category", "Generated")]
    public void Pages_OfAllKinds_EqualTheGeneratedText()
    {
        var folder = Path.Combine(Root(), "docs", "steps");
        var wanted = StepCatalog.BuiltIn.Kinds.ToDictionary(StepPage.FileNameOf, StepPage.Write);
        wanted.Add("README.md", StepPage.WriteIndex(StepCatalog.BuiltIn.Kinds));
        if (Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_GENERATED") == "1") Rewrite(folder, wanted);

        var found = Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(wanted, page => Assert.Equal(page.Value, found[page.Key]));
    }

    private static void Rewrite(string folder, Dictionary<string, string> pages)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder)) File.Delete(old);
        foreach (var (name, text) in pages) File.WriteAllText(Path.Combine(folder, name), text);
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RolloutWorkflows.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("RolloutWorkflows.sln stands in no folder above the tests.");
    }
}
