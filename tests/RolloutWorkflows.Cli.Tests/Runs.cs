using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli.Tests;

/// <summary>Waits on runs by asking the server.</summary>
internal static class Runs
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Asks until the run is as expected; what it was instead is reported after a deadline.</summary>
    public static async Task<RolloutDetails> WaitAsync(RolloutClient client, string runId, Func<RolloutDetails, bool> condition, string expected, Func<RolloutDetails, Task>? meanwhile = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        RolloutDetails details;
        do
        {
            details = await client.GetAsync(runId, after: 0, CancellationToken.None);
            if (condition(details)) return details;
            if (meanwhile is not null) await meanwhile(details);
        }
        while (!deadline.IsCancellationRequested && await pace.WaitForNextTickAsync());
        throw new TimeoutException($"{runId}: expected {expected} within {Deadline}, got {details.Run.State} in stage {details.Run.Stage}: {details.Run.Because}\n" + string.Join('\n', details.Timeline.Select(RunText.Entry)));
    }
}
