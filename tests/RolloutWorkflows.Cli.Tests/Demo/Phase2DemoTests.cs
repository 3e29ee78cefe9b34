namespace RolloutWorkflows.Cli.Tests.Demo;

[Collection(SlowCollection.Name)]
public sealed class Phase2DemoTests
{
    [Theory]
    [InlineData(null, "The gateway serves /v2 to 40 of 40 users", "As expected: phase 2 is with everybody")]
    [InlineData("error-spike", "The gateway serves /v2 to 0 of 40 users", "As expected: the run found the fault, took everything back by itself and opened an incident")]
    public async Task Demo_OfPhase2_EndsAsExpected(string? fault, string served, string expected)
    {
        string[] arguments = ["demo", "--playbook", "phase2-api", "--yes", .. fault is null ? Array.Empty<string>() : ["--fault", fault]];

        var result = (await CliProgram.RunAsync(arguments)).Ended(ExitCode.Ok);

        var output = string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(served, output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
