using System.Xml.Linq;

namespace RolloutWorkflows.Architecture.Tests;

/// <summary>The parts know each other in one direction only.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["DurableTask"] = [],
        ["DurableTask.Sqlite"] = ["DurableTask"],
        ["DurableTask.Testing"] = ["DurableTask"],
        ["Playbooks"] = [],
        ["Orchestrations"] = ["DurableTask", "Playbooks"],
        ["CommandRunner"] = [],
        ["Activities"] = ["CommandRunner", "Orchestrations", "Playbooks"],
        ["Host"] = ["Activities", "DurableTask", "DurableTask.Sqlite", "Orchestrations", "Playbooks"],
        ["Simulation"] = ["Activities", "DurableTask.Testing", "Orchestrations", "Playbooks"],
        ["Cli"] = ["Host", "Playbooks", "Simulation"],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Path.Combine(RepositoryFiles.Root, "src")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMayKnow(string project)
    {
        var name = project.Replace("RolloutWorkflows.", "", StringComparison.Ordinal);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{project} is new: say in ProjectReferenceTests what it may know.");
        var references = XDocument.Load(Path.Combine(RepositoryFiles.Root, "src", project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Replace("RolloutWorkflows.", "", StringComparison.Ordinal));
        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("Orchestrations")]
    [InlineData("Activities")]
    public void PortableFiles_NameNoDurableTaskNamespace(string project)
    {
        // The namespace comes from eng/DurableTaskUsings.props, so that the same files compile against the official packages.
        var offenders = RepositoryFiles.CSharpBelow($"src/RolloutWorkflows.{project}")
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using RolloutWorkflows.DurableTask;", StringComparison.Ordinal)))
            .Select(RepositoryFiles.Relative);
        Assert.Empty(offenders);
    }
}
