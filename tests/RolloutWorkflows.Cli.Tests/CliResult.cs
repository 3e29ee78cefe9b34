namespace RolloutWorkflows.Cli.Tests;

/// <summary>What the program said and how it ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts how it ended, and shows what it said where it ended otherwise.</summary>
    public CliResult Ended(int expected)
    {
        Assert.True(ExitCode == expected, $"expected exit code {expected}, got {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}
