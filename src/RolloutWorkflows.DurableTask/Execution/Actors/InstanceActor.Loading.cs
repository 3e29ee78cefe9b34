using System.Text.Json;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <content>From rows to memory.</content>
internal sealed partial class InstanceActor
{
    private readonly HashSet<long> _takenFromStore = [];

    /// <summary>What the execution inherits from the one that it continues; <see langword="null"/> until it is read.</summary>
    private IReadOnlyList<HistoryEvent>? _inherited;
    private bool _hasUnreadable;

    private async Task LoadRowAsync(List<ActorMessage> messages)
    {
        if (_row is null or { HasEnded: true } && messages.FindLast(message => message is ActorMessage.Created) is ActorMessage.Created created)
        {
            _row = created.Row;
            _live = null;
            _parkBecause = null;
            _inherited = [];
            _historyEvents = 0;
        }

        if (_row is null)
        {
            _row = await services.Store.GetInstanceAsync(InstanceId, CancellationToken.None);
            _live = null;
            _inherited = null;
        }

        if (_readInbox || (_hasUnreadable && messages.Exists(message => message is ActorMessage.Unpark)))
            await ReadInboxAsync(messages);
    }

    /// <summary>Takes in messages from their rows. One that is stored already and handed over only later is then known.</summary>
    private async Task ReadInboxAsync(List<ActorMessage> messages)
    {
        Dictionary<long, ActorMessage.Inbox> inbox = messages.OfType<ActorMessage.Inbox>().ToDictionary(message => message.Sequence);
        IReadOnlyList<StoreMessage> stored = await services.Store.LoadInboxAsync(InstanceId, CancellationToken.None);
        _hasUnreadable = false;
        foreach (StoreMessage message in stored.Where(message => !inbox.ContainsKey(message.Sequence)))
        {
            if (Read(message) is not { } content)
                continue;
            inbox.Add(message.Sequence, new(message.Sequence, message.ExecutionId, content));
            _takenFromStore.Add(message.Sequence);
        }

        // One that was handed over already may be younger than one that only its row tells of.
        messages.RemoveAll(message => message is ActorMessage.Inbox);
        messages.InsertRange(0, inbox.Values.OrderBy(message => message.Sequence));
        _readInbox = false;
    }

    private HistoryEvent? Read(StoreMessage message)
    {
        try
        {
            return HistorySerializer.Read(message.Payload);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            _hasUnreadable = true;
            _parkBecause ??= $"The stored message {message.Sequence} cannot be read: {error.Message} Run a version that can read it and resume the instance, or terminate it.";
            return null;
        }
    }

    private async Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(InstanceRow row)
    {
        IReadOnlyList<HistoryBatch> batches = await services.Store.LoadHistoryAsync(row.InstanceId, row.ExecutionId, CancellationToken.None);
        List<HistoryEvent> events = [];
        // Once a first turn is recorded, it contains what was inherited.
        foreach (HistoryBatch batch in batches.Where(batch => batch.Sequence > 0 || row.LastSequence == 0))
        {
            try
            {
                events.AddRange(HistorySerializer.ReadBatch(batch.Events));
            }
            catch (Exception error) when (error is JsonException or NotSupportedException)
            {
                throw new StoreException($"History batch {batch.Sequence} of instance '{row.InstanceId}' cannot be read.", error);
            }
        }

        return events;
    }
}
