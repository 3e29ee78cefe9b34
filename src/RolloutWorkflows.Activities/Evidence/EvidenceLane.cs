using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The lane of the outbox that makes a run's evidence. It is looked at when a line of the record closes a document, and hands
/// each document to the lanes that export it; the run waits for neither.
/// </summary>
internal sealed class EvidenceLane(IOutbox outbox, IRunViews views, EvidenceMaker maker, EvidenceExports exports, ReviewComments reviews, OutboxLanes lanes, TimeProvider time)
{
    /// <summary>Without a colon, since it is made of the record as channels are.</summary>
    public const string Name = "evidence";

    public static bool IsConcernedBy(RunLogEntry line) => EvidenceProjection.ClosedBy(line.Kind) is not null;

    public async Task<LaneProgress> AdvanceAsync(OutboxLane lane, CancellationToken stopping)
    {
        if (await views.OfAsync(lane.RunId, stopping) is not { } run)
        {
            // The run was removed, and with it what its documents would be made of.
            await outbox.FinishAsync(lane, stopping);
            return new LaneProgress { IsFinished = true };
        }

        try
        {
            return await MakeAsync(lane, run, stopping);
        }
        catch (SecretException unsigned)
        {
            // Without its signature a document is not made: it could not be signed later without being another.
            var after = lane with { Problem = unsigned.Message, FailedRefreshes = lane.FailedRefreshes + 1, NextRefresh = time.GetUtcNow() + OutboxOrchestrator.PauseAfter(lane.FailedRefreshes + 1) };
            await outbox.KeepRefreshAsync(after, stopping);
            return new LaneProgress { Next = after.NextRefresh };
        }
    }

    private async Task<LaneProgress> MakeAsync(OutboxLane lane, RunView run, CancellationToken stopping)
    {
        var (documents, position) = await maker.MakeAsync(run, stopping);
        // What stands in the outbox already is left out there, so a place that was configured late gets all of them.
        foreach (var place in exports.Places)
        {
            await PutAsync(lane.RunId, AudienceLane.NameOf(EvidenceExports.LaneKind, place), [.. documents.Select(document => EvidenceExports.MessageOf(document, place))], stopping);
        }

        // A draft is of the last way back.
        if (documents.LastOrDefault(document => document.Kind == EvidenceKind.Rollback) is { } rollback && await reviews.MessagesAsync(rollback, stopping) is { Count: > 0 } drafts)
            await PutAsync(lane.RunId, AudienceLane.NameOf(ReviewComments.LaneKind, "incident"), drafts, stopping);

        await outbox.StoreAsync(lane.RunId, lane.Name, [], position, stopping);
        if (lane.Problem is not null) await outbox.KeepRefreshAsync(lane with { Problem = null, FailedRefreshes = 0, NextRefresh = null }, stopping);
        return new LaneProgress { IsFinished = await outbox.FinishAsync(lane, stopping) };
    }

    private async Task PutAsync(string runId, string lane, IReadOnlyList<ChannelMessage> messages, CancellationToken stopping)
    {
        await outbox.StoreAsync(runId, lane, messages, cancellation: stopping);
        await lanes.WakeAsync(runId, [lane], stopping);
    }
}
