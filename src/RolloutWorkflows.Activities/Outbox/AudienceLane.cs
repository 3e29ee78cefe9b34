using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A lane that carries a run's announcements to one place. While the run goes on it waits for more.</summary>
internal sealed class AudienceLane(IOutbox outbox, LaneQueue queue, IRunViews views, IEnumerable<IAudienceChannel> kinds, TimeProvider time)
{
    /// <summary>The lane by which a place of a kind is told.</summary>
    public static string NameOf(string kind, string place) => $"{kind}:{place}";

    public async Task<LaneProgress> AdvanceAsync(OutboxLane lane, CancellationToken stopping)
    {
        var first = await queue.DeliverAsync(lane, (message, cancellation) => DeliverAsync(lane, message, cancellation), stopping);
        if (first is not null) return new LaneProgress { Next = first.NextTry ?? time.GetUtcNow() };
        var isOver = await views.OfAsync(lane.RunId, stopping) is not { IsOver: false };
        return new LaneProgress { IsFinished = isOver && await outbox.FinishAsync(lane, stopping) };
    }

    private Task<Delivery> DeliverAsync(OutboxLane lane, ChannelMessage message, CancellationToken cancellation)
    {
        var end = lane.Name.IndexOf(':', StringComparison.Ordinal);
        var (kind, place) = (lane.Name[..end], lane.Name[(end + 1)..]);
        return kinds.FirstOrDefault(candidate => candidate.Kind == kind) is { } channel
            ? channel.DeliverAsync(place, message, cancellation)
            : Task.FromResult(Delivery.Later($"this server is not connected to {kind}"));
    }
}
