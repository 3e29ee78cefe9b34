using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// When the server starts, every lane of the outbox is looked at that may have been left alone: a process that ended between
/// a line of the record and telling the outbox of it loses nothing.
/// </summary>
internal sealed class OutboxStart(IOutboxLanes lanes, RunReader runs, ILogger<OutboxStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Also runs that began before this server had the channel.
            foreach (var run in await runs.LiveAsync(stoppingToken)) await lanes.OpenAsync(run.RunId, stoppingToken);
            await lanes.WakeAllAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogError(exception, "The outbox could not be looked through; messages of runs that have ended may stay until the next start");
        }
    }
}
