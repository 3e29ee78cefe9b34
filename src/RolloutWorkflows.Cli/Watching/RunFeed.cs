using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>
/// What a run looks like from moment to moment. A server that goes away is waited for, since the run goes on when it
/// comes back; only one that was never there is an error at once.
/// </summary>
internal sealed class RunFeed(RolloutClient client, string runId, Terminal terminal, TimeSpan interval, TimeSpan patience)
{
    private long position;
    private int rollbacksBegun;
    private int rollbacksEnded;
    private bool connected;

    /// <summary>The run now; entries of its record that were not given before are in its <see cref="RunMoment.Fresh"/>.</summary>
    public async Task<RunMoment> NextAsync(CancellationToken cancellation)
    {
        if (connected) await Task.Delay(interval, terminal.Time, cancellation);
        var details = await ReadAsync(cancellation);
        connected = true;
        position = details.Position;
        rollbacksBegun += details.Timeline.Count(entry => entry.Kind == RunLogKind.RollbackStarted);
        rollbacksEnded += details.Timeline.Count(entry => entry.Kind == RunLogKind.RollbackFinished);
        return new RunMoment(details, details.Timeline, rollbacksBegun > 0 && rollbacksEnded >= rollbacksBegun);
    }

    private async Task<RolloutDetails> ReadAsync(CancellationToken cancellation)
    {
        long? goneSince = null;
        while (true)
        {
            try
            {
                var details = await client.GetAsync(runId, position, cancellation);
                if (goneSince is not null) terminal.Note("The server is back.");
                return details;
            }
            catch (ServerUnreachableException) when (connected && (goneSince is not { } since || terminal.Time.GetElapsedTime(since) < patience))
            {
                if (goneSince is null) terminal.Note($"The server at {client.Server.GetLeftPart(UriPartial.Authority)} does not answer; waiting for it for up to {Spans.Of(patience)}.");
                goneSince ??= terminal.Time.GetTimestamp();
                await Task.Delay(TimeSpan.FromMilliseconds(250), terminal.Time, cancellation);
            }
        }
    }
}
