namespace RolloutWorkflows.Cli.Tests.CommandLine;

/// <summary>What is typed wrongly ends with exit code 2 and a sentence, before anything is asked of a server.</summary>
public sealed class BadUsageTests
{
    [Theory]
    [InlineData("aprove", "Unrecognized command or argument 'aprove'")]
    [InlineData("approve --aproval x", "Unrecognized command or argument")]
    [InlineData("rollback one two", "Unrecognized command or argument 'two'")]
    [InlineData("list --top ten", "--top: expected a number, got 'ten'.")]
    [InlineData("list --top -1", "--top: expected a number from 1 to 10000.")]
    [InlineData("flags rollout bar many", "expected a number, got 'many'.")]
    [InlineData("flags rollout bar NaN", "PERCENT: expected 0 to 100, got 'NaN'.")]
    [InlineData("flags rollout bar 101", "PERCENT: expected 0 to 100, got '101'.")]
    [InlineData("flags rollout bar -5", "PERCENT: expected 0 to 100, got '-5'.")]
    [InlineData("flags explain bar", "Required argument")]
    [InlineData("start", "Required argument")]
    [InlineData("start tiny --input =1", "--input: expected NAME=VALUE, got '=1'.")]
    [InlineData("start tiny --input-file nowhere.json", "Unrecognized command or argument")]
    [InlineData("serve --urls ftp://127.0.0.1", "--urls: expected")]
    [InlineData("serve --root /no/such/folder", "--root: the folder '/no/such/folder' does not exist")]
    [InlineData("keys add a/b --role admin", "'a/b' cannot")]
    [InlineData("keys add rollout --role admin", "'rollout' cannot")]
    [InlineData("keys add ada --role king", "--role: expected")]
    [InlineData("keys add ada --role admin --expires soon", "--expires: expected")]
    [InlineData("plan no-such-file.yaml --at yesterday", "no-such-file.yaml: cannot be read")]
    [InlineData("hold --all some-run", "--all holds every run")]
    [InlineData("metric test", "Required argument")]
    [InlineData("watch some-run --interval 0", "Unrecognized command or argument '--interval'")]
    [InlineData("list --server ftp://x", "--server: expected")]
    [InlineData("list --key-file /no/such/key", "--key-file: /no/such/key")]
    public async Task CommandLine_Wrong_EndsWithASentenceAndUsage(string line, string says)
    {
        var result = (await CliProgram.RunAsync(line.Split(' '))).Ended(ExitCode.Usage);

        Assert.StartsWith($"rollout: {says}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
