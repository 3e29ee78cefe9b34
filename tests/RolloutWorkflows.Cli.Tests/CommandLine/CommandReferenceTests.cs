using System.CommandLine;

namespace RolloutWorkflows.Cli.Tests.CommandLine;

public sealed class CommandReferenceTests
{
    private static readonly RootCommand Root = RolloutCommandLine.Create(Terminal.OfProcess());

    [Fact]
    [Trait("Category", "Generated")]
    public void Page_OfAllCommands_IsUpToDate()
    {
        var file = Repository.PathOf("docs", "command-line.md");
        var page = CommandReference.Of(Root);
        if (Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_GENERATED") == "1") File.WriteAllText(file, page);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == page, "docs/command-line.md differs from what the commands say; run ./build.sh generate and review the difference.");
    }

    [Fact]
    public void Examples_OfEveryCommand_AreThereAndParse()
    {
        foreach (var command in Leaves(Root))
        {
            var examples = Assert.IsType<ExampledCommand>(command, exactMatch: false).Examples;
            Assert.True(examples.Count > 0, $"{command.Name} has no example");
            foreach (var example in examples) AssertParses(example.CommandLine);
        }
    }

    private static void AssertParses(string example)
    {
        var line = example.Split(" | ")[0].Split(" > ")[0].Replace("./rollout", "rollout", StringComparison.Ordinal);
        Assert.StartsWith("rollout ", line, StringComparison.Ordinal);
        var errors = Root.Parse(line["rollout ".Length..]).Errors;
        Assert.True(errors.Count == 0, $"{example}: {string.Join("; ", errors.Select(error => error.Message))}");
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
