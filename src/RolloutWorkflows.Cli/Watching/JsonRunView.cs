namespace RolloutWorkflows.Cli;

/// <summary>A run as JSON lines: each entry of its record once.</summary>
internal sealed class JsonRunView(Terminal terminal) : IRunView
{
    public async Task<RunMoment> ShowUntilAsync(RunFeed feed, Func<RunMoment, bool> until, CancellationToken cancellation)
    {
        while (true)
        {
            var moment = await feed.NextAsync(cancellation);
            foreach (var entry in moment.Fresh) terminal.JsonLine(entry);
            if (until(moment)) return moment;
        }
    }
}
