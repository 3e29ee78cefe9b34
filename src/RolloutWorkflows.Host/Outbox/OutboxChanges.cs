using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>What an operator does to messages of the outbox. It stands in the run's record before it happens.</summary>
internal sealed class OutboxChanges(IOutbox outbox, IOutboxLanes lanes, IRunLog log, IRunNews news, DurableTaskClient client, TimeProvider time)
{
    /// <summary>Has a message tried at once that is parked or waits for its next try.</summary>
    /// <exception cref="ProblemException">404: there is none. 409: it has gone out, or was dropped.</exception>
    public async Task<OutboxItem> RetryAsync(string id, OutboxRequest request, Caller caller)
    {
        caller.RequireNamedBy(request.Actor);
        var message = await RequireOpenAsync(id);
        await RecordAsync(message, caller, WrittenText.Reason(request.Reason), "has tried again");
        return await ChangeAsync(message, message with { State = OutboxState.Pending, Attempts = 0, Refusals = 0, NextTry = null, SettledAt = null });
    }

    /// <summary>Gives a message up: those after it go on, and whoever waited for it does.</summary>
    /// <exception cref="ProblemException">400: no reason. 403: a service. 404: there is none. 409: it has gone out, or was dropped.</exception>
    public async Task<OutboxItem> DropAsync(string id, OutboxRequest request, Caller caller)
    {
        caller.RequireNamedBy(request.Actor);
        if (caller.IsService) throw KeyProblems.NoVote(caller, "dropping a message");
        var reason = WrittenText.Reason(request.Reason);
        if (string.IsNullOrWhiteSpace(reason)) throw Problems.BadRequest("'reason' is missing, and dropping a message needs one.", "Say why: \"reason\": \"…\" (command line: --reason).");
        var message = await RequireOpenAsync(id);
        await RecordAsync(message, caller, reason, "drops");
        if (OutboxMarks.IsMark(message.Message)) await LetGoOnAsync(OutboxMarks.AwaitedAt(message.Message));
        return await ChangeAsync(message, message with { State = OutboxState.Dropped, NextTry = null, Problem = $"dropped by {caller.Actor}: {reason}", SettledAt = time.GetUtcNow() });
    }

    private async Task<OutboxMessage> RequireOpenAsync(string id)
    {
        var message = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await outbox.FindAsync(number) : null;
        if (message is null) throw Problems.Of(404, "message-not-found", "There is no such message", $"No message of the outbox has the id '{id}'.", "GET /api/outbox lists them (`rollout outbox list`).");
        return message.State is OutboxState.Pending or OutboxState.Parked ? message : throw Settled(message);
    }

    private async Task<OutboxItem> ChangeAsync(OutboxMessage before, OutboxMessage after)
    {
        if (!await outbox.ChangeAsync(before, after)) throw Settled(await outbox.FindAsync(before.Number) ?? before);
        if (await outbox.FindLaneAsync(before.RunId, before.Lane) is { NextRefresh: not null } lane) await outbox.KeepRefreshAsync(lane with { NextRefresh = null });
        await lanes.WakeAsync(before.RunId, [before.Lane]);
        return OutboxItem.Of(after);
    }

    private async Task RecordAsync(OutboxMessage message, Caller caller, string? reason, string does)
    {
        var now = time.GetUtcNow();
        var line = new RunLogEntry
        {
            EntryId = string.Create(CultureInfo.InvariantCulture, $"outbox:{message.Number}:{Guid.CreateVersion7(now):N}"),
            RunId = message.RunId,
            At = now,
            PlaybookTime = now,
            Kind = RunLogKind.OutboxChanged,
            Actor = caller.Actor,
            Reason = reason,
            Message = string.Create(CultureInfo.InvariantCulture, $"{caller.Actor} {does} message {message.Number} to {message.Lane}: {message.Message.Summary}"),
            Data = JsonSerializer.SerializeToElement(new { message.Number, message.Lane, message.State, message.Problem }, PlaybookJson.Options),
        };
        await log.AppendAsync(line);
        await news.TellAsync(line);
    }

    private async Task LetGoOnAsync(AwaitedMark awaited)
    {
        try
        {
            await client.RaiseEventAsync(awaited.InstanceId, OrchestrationNames.ControlEvent, StageControl.Documented(awaited), CancellationToken.None);
        }
        catch (EventNotDeliverableException)
        {
            // The stage has ended, so nobody waits any more.
        }
    }

    private static ProblemException Settled(OutboxMessage message) => Problems.Of(409, "message-settled", "The message stands otherwise",
        string.Create(CultureInfo.InvariantCulture, $"Message {message.Number} is {message.State.ToString().ToLowerInvariant()}; only one that is pending or parked can be tried again or dropped."),
        "Look again (`rollout outbox list`): it may have gone out at this moment.");
}
