namespace RolloutWorkflows.Cli.Tests.Demo;

[Collection(SlowCollection.Name)]
public sealed class RppDemoTests
{
    [Theory]
    [InlineData(null, "Gate witness_network: on at canary-1, canary-2, val-1, val-2.", "As expected: every node of mainnet equals the profile")]
    [InlineData("reward-errors", "Gate timetoke_rewards: on at no node.", "As expected: the run switched rewards off on the canaries, and left testnet as it was")]
    public async Task Demo_OfTheChain_EndsAsExpected(string? fault, string gate, string expected)
    {
        string[] arguments = ["demo", "--playbook", "rpp-chain", "--yes", .. fault is null ? Array.Empty<string>() : ["--fault", fault]];

        var result = (await CliProgram.RunAsync(arguments)).Ended(ExitCode.Ok);

        var output = string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(gate, output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
