using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Brings one lane as far as it goes now. Called by one orchestration at a time; delivering it again goes on where the outbox says it stands.</summary>
[DurableTask(ActivityNames.Deliver)]
internal sealed class DeliverActivity(IOutbox outbox, ChannelLane channels, AudienceLane audiences, EvidenceLane evidence, TimeProvider time) : TaskActivity<OutboxLaneInput, LaneProgress>
{
    public override async Task<LaneProgress> RunAsync(TaskActivityContext context, OutboxLaneInput input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        if (await outbox.FindLaneAsync(input.RunId, input.Lane, stopping) is not { IsFinished: false } lane || lane.Opening != input.Opening) return new LaneProgress { IsFinished = true };
        await PassMarksAsync(lane, input.Told, stopping);
        if (lane.Name == EvidenceLane.Name) return await evidence.AdvanceAsync(lane, stopping);
        return lane.IsOfChannel ? await channels.AdvanceAsync(lane, stopping) : await audiences.AdvanceAsync(lane, stopping);
    }

    /// <summary>Only what has been told is passed, so that a crash in between tells it again rather than never.</summary>
    private async Task PassMarksAsync(OutboxLane lane, IReadOnlyList<string> told, CancellationToken stopping)
    {
        while (told.Count > 0 && await outbox.NextAsync(lane.RunId, lane.Name, stopping) is { } mark && told.Contains(mark.Message.MessageId))
            await outbox.ChangeAsync(mark, mark with { State = OutboxState.Delivered, SettledAt = time.GetUtcNow() }, stopping);
    }
}
