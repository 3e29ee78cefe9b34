namespace RolloutWorkflows.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Fact]
    public async Task Help_OfACommand_TeachesByExamples()
    {
        var help = (await CliProgram.RunAsync("start", "--help")).Ended(ExitCode.Ok);

        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("rollout start web4-mycelia --reason", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Fact]
    public async Task NoCommand_ListsAllOfThem()
    {
        var output = (await CliProgram.RunAsync()).Ended(ExitCode.Ok).Output;

        foreach (var command in new[] { "demo", "serve", "validate", "plan", "steps", "start", "list", "status", "watch", "approve", "reject", "hold", "resume", "promote", "retry", "ignore", "override", "rollback", "abort", "handover", "annotate", "flags", "playbooks", "keys", "login" })
            Assert.Contains($"  {command}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lst", "Did you mean 'list'?")]
    [InlineData("list --liv", "Did you mean '--live'?")]
    [InlineData("flags rolout x 10", "Did you mean 'rollout'?")]
    [InlineData("start", "Required argument 'PLAYBOOK' missing")]
    [InlineData("start tiny --supersedes tiny-20260301-k7qa", "--supersedes and --from belong together")]
    [InlineData("start tiny --from some", "--supersedes and --from belong together")]
    [InlineData("list --top 0", "expected a number from 1 to 10000")]
    [InlineData("demo --speed 0.5", "expected a factor from 1 to")]
    [InlineData("demo --fault nowhere --yes", "is nothing that can go wrong in the demo of web4-mycelia; expected one of ")]
    [InlineData("list --server nonsense", "expected an address such as")]
    [InlineData("start x --input novalue --server http://127.0.0.1:1", "expected NAME=VALUE, got 'novalue'")]
    [InlineData("serve --urls nonsense", "--urls: expected an address such as")]
    [InlineData("serve --urls http://0.0.0.0:7071", "would serve other machines")]
    [InlineData("keys add ada --role boss", "expected reader, operator or admin, got 'boss'")]
    [InlineData("keys add ada --expires yesterday", "--expires: expected a span such as 90d")]
    [InlineData("list --key-file no-such-key", "no-such-key cannot be read")]
    [InlineData("start tiny --key rwk_AAAAAAAAAAAAAAAAAAAAAAAA", "a key stands on the command line")]
    [InlineData("validate no-such-file.yaml", "no-such-file.yaml: cannot be read")]
    public async Task CommandLine_Wrong_EndsWithUsage(string line, string says)
    {
        var result = (await CliProgram.RunAsync(line.Split(' '))).Ended(ExitCode.Usage);

        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("rwk_A", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_NotThere_EndsWithUnreachable()
    {
        var result = (await CliProgram.RunAsync("list", "--server", "http://127.0.0.1:1")).Ended(ExitCode.Unreachable);

        Assert.Contains("no rollout server answers at http://127.0.0.1:1", result.Error, StringComparison.Ordinal);
        Assert.Contains("rollout serve", result.Error, StringComparison.Ordinal);
    }
}
