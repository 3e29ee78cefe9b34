using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

public sealed class StepsCommandTests
{
    [Fact]
    public async Task Steps_OfAKind_ExplainsItWithAnExample()
    {
        var output = (await CliProgram.RunAsync("steps", "flag/rollout")).Ended(ExitCode.Ok).Output;

        Assert.StartsWith("flag/rollout (action)", output, StringComparison.Ordinal);
        Assert.Contains("Effect: reversible", output, StringComparison.Ordinal);
        Assert.Contains("percent", output, StringComparison.Ordinal);
        Assert.Contains("  uses: flag/rollout", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_Json_ListsEveryKind()
    {
        var kinds = JsonDocument.Parse((await CliProgram.RunAsync("steps", "--json")).Ended(ExitCode.Ok).Output).RootElement;

        Assert.Contains(kinds.EnumerateArray(), kind => kind.GetProperty("name").GetString() == "http/probe");
    }

    [Fact]
    public async Task Steps_UnknownKind_EndsWithNo() =>
        Assert.Contains("no step kind is called 'flag/rolout'", (await CliProgram.RunAsync("steps", "flag/rolout")).Ended(ExitCode.No).Error, StringComparison.Ordinal);
}
