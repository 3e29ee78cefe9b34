namespace RolloutWorkflows.Cli.Tests.Demo;

[Collection(SlowCollection.Name)]
public sealed class CloakDemoTests
{
    [Theory]
    [InlineData(null, "The marketplace says: backend on, open on web, mobile, extension.", "As expected: every surface is open to everybody, with a checkpoint for each promotion")]
    [InlineData("run-failures-mobile", "The marketplace says: backend on, open on web.", "As expected: the run found the fault and took mobile back by itself")]
    public async Task Demo_OfCloak_EndsAsExpected(string? fault, string open, string expected)
    {
        string[] arguments = ["demo", "--playbook", "cloak-marketplace", "--yes", .. fault is null ? Array.Empty<string>() : ["--fault", fault]];

        var result = (await CliProgram.RunAsync(arguments)).Ended(ExitCode.Ok);

        var output = string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(open, output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
