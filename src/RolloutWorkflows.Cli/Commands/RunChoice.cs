using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary>Which run a command means: the one named, or the only one under way.</summary>
internal static class RunChoice
{
    /// <exception cref="CommandFailedException">No run is named, and not exactly one is under way.</exception>
    public static async Task<string> ResolveAsync(RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(CommonOptions.Run) is { Length: > 0 } named) return named;
        var live = (await client.ListAsync("?live=true", cancellation)).Items;
        return live.Count switch
        {
            1 => live[0].RunId,
            0 => throw new CommandFailedException(ExitCode.No, "no run is under way; name one (`rollout list` shows those that have ended)."),
            _ => throw new CommandFailedException(ExitCode.Usage, $"{live.Count} runs are under way; name one: {string.Join(", ", live.Select(run => run.RunId))}."),
        };
    }
}
