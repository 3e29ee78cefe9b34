namespace RolloutWorkflows.Cli.Tests.Demo;

[Collection(SlowCollection.Name)]
public sealed class SwarmDemoTests
{
    [Theory]
    [InlineData("swarm-credits", "conflicting-roots", "claims are not endorsed, nodes take payloads, peers talk", "As expected: claims ended, and the last signed checkpoint was reinstated")]
    [InlineData("swarm-hardening", null, "The mesh runs v1.4.0-rc.2", "As expected: the candidate withstood chaos and the drill")]
    public async Task Demo_OfTheSwarm_EndsAsExpected(string playbook, string? fault, string said, string expected)
    {
        string[] arguments = ["demo", "--playbook", playbook, "--yes", .. fault is null ? Array.Empty<string>() : ["--fault", fault]];

        var result = (await CliProgram.RunAsync(arguments)).Ended(ExitCode.Ok);

        var output = string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
