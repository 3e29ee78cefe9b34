using System.Text.RegularExpressions;

namespace RolloutWorkflows.Architecture.Tests;

/// <summary>House rules that a reader relies on.</summary>
public sealed partial class SourceConventionTests
{
    /// <summary>Longer files need a reason here.</summary>
    private static readonly Dictionary<string, string> MayBeLonger = [];

    private const int MostLines = 400;

    [Fact]
    public void SourceFiles_StayShort()
    {
        var tooLong = RepositoryFiles.CSharpBelow("src").Concat(RepositoryFiles.CSharpBelow("tests")).Concat(RepositoryFiles.CSharpBelow("samples"))
            .Select(file => (File: RepositoryFiles.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(entry => entry.Lines > MostLines && !MayBeLonger.ContainsKey(entry.File));
        Assert.Empty(tooLong);
    }

    [Fact]
    public void SourceFiles_HoldOnePublicTypeNamedLikeTheFile()
    {
        var offenders = RepositoryFiles.CSharpBelow("src")
            .Select(file => (File: RepositoryFiles.Relative(file), Types: PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct().ToList()))
            .Where(entry => entry.Types.Count > 1 || (entry.Types.Count == 1 && !Names(entry.File, entry.Types[0])))
            .Select(entry => $"{entry.File}: {string.Join(", ", entry.Types)}");
        Assert.Empty(offenders);
    }

    [Fact]
    public void Folders_AreNamedForCapabilities()
    {
        var offenders = RepositoryFiles.CSharpBelow("src").Select(RepositoryFiles.Relative)
            .Where(file => VagueFolder().IsMatch(file));
        Assert.Empty(offenders);
    }

    [Fact]
    public void Sources_HaveNoRegionsAndNoUnfinishedWords()
    {
        var offenders = RepositoryFiles.CSharpBelow("src").Concat(RepositoryFiles.CSharpBelow("samples"))
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (At: $"{RepositoryFiles.Relative(file)}:{index + 1}", line)))
            .Where(entry => Unfinished().IsMatch(entry.line))
            .Select(entry => entry.At);
        Assert.Empty(offenders);
    }

    [Fact]
    public void Tests_DoNotSleep()
    {
        var offenders = RepositoryFiles.CSharpBelow("tests").Where(file => !file.EndsWith($"{nameof(SourceConventionTests)}.cs", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (At: $"{RepositoryFiles.Relative(file)}:{index + 1}", line)))
            .Where(entry => entry.line.Contains("Thread.Sleep(", StringComparison.Ordinal))
            .Select(entry => entry.At);
        Assert.Empty(offenders);
    }

    /// <summary>Partial files carry a second word (<c>Run.Commands.cs</c>), generic variants share their file.</summary>
    private static bool Names(string file, string type) => Path.GetFileName(file).Split('.')[0] == type;

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|unsafe) )*(?:class|interface|record struct|record|struct|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"/(Common|Utils?|Helpers?|Shared|Misc|Interfaces|Models|Exceptions)/")]
    private static partial Regex VagueFolder();

    [GeneratedRegex(@"^\s*#region|NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Unfinished();
}
