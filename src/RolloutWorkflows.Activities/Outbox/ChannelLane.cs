using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A lane that shows a run in a channel: makes messages of the record's lines, delivers them, and brings what is edited in place to the present state.</summary>
internal sealed class ChannelLane(
    IOutbox outbox, LaneQueue queue, IRunLog record, IRunViews views, IChannelMemories memories, IEnumerable<IChannel> channels, TimeProvider time, ILogger<ChannelLane> log)
{
    /// <summary>How often a run that goes on is shown anew where no line of its record says that it changed.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(5);

    private const int LinesAtOnce = 200;

    public async Task<LaneProgress> AdvanceAsync(OutboxLane lane, CancellationToken stopping)
    {
        if (await ViewAsync(lane, stopping) is not { } run) return await GiveUpAsync(lane, stopping);
        if (channels.FirstOrDefault(candidate => candidate.Name == lane.Name) is not { } channel) return await AwaitConnectionAsync(lane, stopping);

        await CollectAsync(lane, channel, run, stopping);
        var first = await queue.DeliverAsync(lane, (message, cancellation) => channel.DeliverAsync(message, run, cancellation), stopping);
        if (first is not null && !OutboxMarks.IsMark(first.Message)) return new LaneProgress { Next = first.NextTry ?? time.GetUtcNow() };
        // A stage that waits to be shown does not wait for the usual pause between two looks. What failed keeps its distance.
        var isAwaited = first is not null;
        if (lane.NextRefresh > time.GetUtcNow() && !(isAwaited && lane.FailedRefreshes == 0)) return new LaneProgress { Next = lane.NextRefresh };

        // Looked at again: what is shown is never older than the messages that were just delivered.
        if (await LookAsync(lane, stopping) is not { } view) return await GiveUpAsync(lane, stopping);
        var shown = await RefreshAsync(lane, channel, RunOf(view, lane) with { IsAwaited = isAwaited }, stopping);
        if (shown.NextRefresh is { } again) return new LaneProgress { Next = again };
        if (first is not null) return new LaneProgress { Next = time.GetUtcNow(), Shown = [new ShownMark(first.Message.MessageId, OutboxMarks.AwaitedAt(first.Message))] };
        if (view.IsOver && await outbox.FinishAsync(lane, stopping)) return new LaneProgress { IsFinished = true };
        return new LaneProgress { Next = time.GetUtcNow() + RefreshEvery };
    }

    private async Task CollectAsync(OutboxLane lane, IChannel channel, ChannelRun run, CancellationToken stopping)
    {
        var position = lane.Cursor;
        while (await record.ReadAsync(lane.RunId, position, LinesAtOnce, stopping) is { Entries.Count: > 0 } page)
        {
            await outbox.StoreAsync(lane.RunId, lane.Name, [.. page.Entries.SelectMany(line => MessagesOf(line, channel, run))], page.Position, stopping);
            position = page.Position;
        }
    }

    private List<ChannelMessage> MessagesOf(RunLogEntry line, IChannel channel, ChannelRun run)
    {
        List<ChannelMessage> messages;
        try
        {
            messages = [.. channel.MessagesOf(line, run)];
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Run {Run}: {Channel} could make no message of line {Line} of the record", line.RunId, channel.Name, line.EntryId);
            messages = [OutboxMarks.Unmade(lane: channel.Name, line, exception.Message)];
        }

        if (line.Kind == RunLogKind.DocumentationAwaited && channel.Name == StageControl.DocumentedIn && line.Data?.Deserialize<AwaitedMark>(JsonSerializerOptions.Web) is { } awaited)
            messages.Add(OutboxMarks.Mark(channel.Name, line, awaited));
        return messages;
    }

    private async Task<OutboxLane> RefreshAsync(OutboxLane lane, IChannel channel, ChannelRun run, CancellationToken stopping)
    {
        var refresh = await queue.AttemptAsync(cancellation => channel.RefreshAsync(run, cancellation), stopping);
        var after = refresh.Outcome == DeliveryOutcome.Delivered
            ? lane with { RefreshedAt = time.GetUtcNow(), FailedRefreshes = 0, NextRefresh = time.GetUtcNow() + refresh.After, Problem = null }
            : lane with
            {
                FailedRefreshes = lane.FailedRefreshes + 1,
                NextRefresh = queue.NextTry(lane.FailedRefreshes + 1, refresh),
                Problem = refresh.Problem ?? "it was not shown, and nobody said why",
            };
        if (after.Problem is not null && lane.Problem is null) log.LogWarning("Run {Run}: {Lane} does not show the run as it is now: {Problem}", lane.RunId, lane.Name, after.Problem);
        await outbox.KeepRefreshAsync(after, stopping);
        return after;
    }

    /// <summary>The host lost a channel that the run began with. Everything waits until it is connected again.</summary>
    private async Task<LaneProgress> AwaitConnectionAsync(OutboxLane lane, CancellationToken stopping)
    {
        var next = time.GetUtcNow() + RefreshEvery;
        await outbox.KeepRefreshAsync(lane with { Problem = $"this server is not connected to {lane.Name}", NextRefresh = next }, stopping);
        return new LaneProgress { Next = next };
    }

    /// <summary>The run was removed, and with it what its messages would be shown with.</summary>
    private async Task<LaneProgress> GiveUpAsync(OutboxLane lane, CancellationToken stopping)
    {
        while (await outbox.NextAsync(lane.RunId, lane.Name, stopping) is { } message)
            await outbox.ChangeAsync(message, message with { State = OutboxState.Parked, Problem = "the run was removed from this server", SettledAt = time.GetUtcNow() }, stopping);
        await outbox.FinishAsync(lane, stopping);
        return new LaneProgress { IsFinished = true };
    }

    private async Task<ChannelRun?> ViewAsync(OutboxLane lane, CancellationToken stopping) =>
        await LookAsync(lane, stopping) is { } view ? RunOf(view, lane) : null;

    private ValueTask<RunView?> LookAsync(OutboxLane lane, CancellationToken stopping) => views.OfAsync(lane.RunId, stopping);

    private ChannelRun RunOf(RunView view, OutboxLane lane) => new()
    {
        Input = view.Input,
        Status = view.Status,
        Soak = view.Soak,
        IsOver = view.IsOver,
        Memory = memories.Of(lane.RunId, lane.Name),
        Now = time.GetUtcNow(),
    };
}
