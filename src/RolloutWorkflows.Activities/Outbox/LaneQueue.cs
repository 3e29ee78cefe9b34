using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Brings a lane's messages out in their order: nothing overtakes a message that is to be tried again.</summary>
internal sealed class LaneQueue(IOutbox outbox, TimeProvider time, ILogger<LaneQueue> log)
{
    /// <summary>How often a message is offered to a counterpart that refuses it.</summary>
    public const int TriesUntilParked = 3;

    /// <summary>How long one call goes on with further messages. Whatever is left follows at once in the next.</summary>
    private static readonly TimeSpan Shift = TimeSpan.FromSeconds(15);

    /// <summary>How long one delivery or refresh may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A counterpart that asks for more patience is asked again all the same.</summary>
    private static readonly TimeSpan LongestPauseAsked = TimeSpan.FromDays(1);

    /// <summary>Delivers what is pending and due. Returns the message that it stopped before; null: nothing is pending.</summary>
    public async Task<OutboxMessage?> DeliverAsync(OutboxLane lane, Func<ChannelMessage, CancellationToken, Task<Delivery>> deliver, CancellationToken stopping)
    {
        var end = time.GetUtcNow() + Shift;
        while (await outbox.NextAsync(lane.RunId, lane.Name, stopping) is { } message)
        {
            var now = time.GetUtcNow();
            if (OutboxMarks.IsMark(message.Message) || message.NextTry > now || now >= end) return message;
            var delivery = OutboxMarks.ProblemOf(message.Message) is { } problem
                ? Delivery.Refused(problem)
                : await AttemptAsync(cancellation => deliver(message.Message, cancellation), stopping);
            await outbox.ChangeAsync(message, After(message, delivery), stopping);
        }

        return null;
    }

    /// <summary>Tries something outside. Whatever it throws becomes a delivery that failed; only a worker that stops is passed on.</summary>
    public async Task<Delivery> AttemptAsync(Func<CancellationToken, Task<Delivery>> attempt, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            return await attempt(both.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Delivery.Later($"it did not end within {Limit.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is OutboundException or HttpRequestException or IOException)
        {
            return Delivery.Later(exception.Message);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "A delivery broke");
            return Delivery.Refused($"the delivery itself broke: {exception.Message}");
        }
    }

    /// <summary>When another try makes sense after so many that failed in a row: later than usual where the counterpart said so, but for nonsense.</summary>
    public DateTimeOffset NextTry(int failures, Delivery last)
    {
        var pause = OutboxOrchestrator.PauseAfter(failures);
        var asked = last.After is { } after && after < LongestPauseAsked ? after : LongestPauseAsked;
        return time.GetUtcNow() + (last.After is not null && asked > pause ? asked : pause);
    }

    private OutboxMessage After(OutboxMessage message, Delivery delivery)
    {
        var now = time.GetUtcNow();
        if (delivery.Outcome == DeliveryOutcome.Delivered)
            return message with { State = OutboxState.Delivered, NextTry = null, Problem = null, Reference = delivery.Reference, SettledAt = now };

        var failed = message with { Attempts = message.Attempts + 1, Refusals = message.Refusals + (delivery.Outcome == DeliveryOutcome.Refused ? 1 : 0), Problem = delivery.Problem };
        if (failed.Refusals < TriesUntilParked) return failed with { NextTry = NextTry(failed.Attempts, delivery) };
        log.LogWarning("Run {Run}: message {Number} for {Lane} was parked: {Problem}", message.RunId, message.Number, message.Lane, delivery.Problem);
        return failed with { State = OutboxState.Parked, NextTry = null, SettledAt = now };
    }
}
