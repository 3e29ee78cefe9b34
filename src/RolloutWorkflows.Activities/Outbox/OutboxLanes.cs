using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Opens the lanes of runs and has them looked at when there is something to say. A run without lanes costs one look at
/// the outbox per line of its record. Thread-safe.
/// </summary>
internal sealed class OutboxLanes(IOutbox outbox, ILaneInstances instances, IRunViews views, IEnumerable<IChannel> channels, ILogger<OutboxLanes> log) : IRunNews, IOutboxLanes
{
    public async ValueTask TellAsync(RunLogEntry line, CancellationToken cancellation = default)
    {
        try
        {
            if (line.Kind == RunLogKind.Started) await OpenAsync(line.RunId, cancellation);
            if (EvidenceLane.IsConcernedBy(line)) await outbox.OpenAsync(line.RunId, EvidenceLane.Name, cancellation);
            var concerned = (await outbox.ListLanesAsync(line.RunId, cancellation)).Where(lane => IsConcerned(lane, line));
            await WakeAsync(line.RunId, [.. concerned.Select(lane => lane.Name)], cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(exception, "Run {Run}: a line of its record may be shown late, since the outbox could not be told of it", line.RunId);
        }
    }

    /// <summary>Announcements are not made of the record, so those lanes only need to hear that the run is over; evidence is made at few of its lines.</summary>
    private static bool IsConcerned(OutboxLane lane, RunLogEntry line) =>
        lane.Name == EvidenceLane.Name ? EvidenceLane.IsConcernedBy(line) : lane.IsOfChannel || line.Kind == RunLogKind.Ended;

    public async Task OpenAsync(string runId, CancellationToken cancellation = default)
    {
        if (!channels.Any() || await views.OfAsync(runId, cancellation) is not { } run) return;
        foreach (var channel in ChannelsOf(run.Input.Playbook)) await outbox.OpenAsync(runId, channel, cancellation);
    }

    public IReadOnlyList<string> ChannelsOf(Playbook playbook) => [.. channels.Where(channel => channel.Shows(playbook)).Select(channel => channel.Name)];

    public async Task WakeAsync(string runId, IReadOnlyList<string> lanes, CancellationToken cancellation = default)
    {
        if (lanes.Count == 0) return;
        foreach (var lane in await outbox.NoteNewsAsync(runId, lanes, cancellation)) await instances.WakeAsync(lane, cancellation);
    }

    public async Task WakeAllAsync(CancellationToken cancellation = default)
    {
        foreach (var lane in await outbox.ListToWakeAsync(cancellation)) await WakeAsync(lane.RunId, [lane.Name], cancellation);
    }
}
