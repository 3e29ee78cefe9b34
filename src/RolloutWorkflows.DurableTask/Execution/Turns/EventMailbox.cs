using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>
/// Brings events and waiters together. The newest live waiter receives first; an event without a live waiter is kept,
/// in order of arrival, until somebody waits for it.
/// </summary>
internal sealed class EventMailbox
{
    private readonly Dictionary<string, List<EventWaiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<EventRaised> _kept = new();

    /// <summary>Events that nobody has received, in order of arrival.</summary>
    public IReadOnlyCollection<EventRaised> Kept => _kept;

    /// <summary>Names that are waited for.</summary>
    public IEnumerable<string> AwaitedNames => _waiters.Where(entry => entry.Value.Exists(waiter => waiter.IsWaiting)).Select(entry => entry.Key);

    /// <summary>Whether anybody waits for an event.</summary>
    public bool HasWaiters
    {
        get
        {
            foreach (List<EventWaiter> waiters in _waiters.Values)
            {
                if (waiters.Exists(waiter => waiter.IsWaiting))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Hands an event to the newest live waiter, or keeps it.</summary>
    public void Raise(EventRaised raised, DataConverter converter)
    {
        if (TakeWaiter(raised.Name) is { } waiter)
            Deliver(waiter, raised, converter);
        else
            _kept.AddLast(raised);
    }

    /// <summary>Adds a waiter, which receives the oldest kept event of the name at once.</summary>
    /// <exception cref="ArgumentException">Another live waiter for the name expects another type.</exception>
    public void Wait(string name, EventWaiter waiter, DataConverter converter)
    {
        List<EventWaiter> waiters = _waiters.TryGetValue(name, out List<EventWaiter>? existing) ? existing : _waiters[name] = [];
        waiters.RemoveAll(other => !other.IsWaiting);
        if (waiters.Count > 0 && waiters[0].PayloadType != waiter.PayloadType)
        {
            throw new ArgumentException(
                $"Another wait for event '{name}' expects a {waiters[0].PayloadType.FullName}, this one a {waiter.PayloadType.FullName}. "
                + "All waits for one event name must use the same type.");
        }

        if (TakeKept(name) is { } raised)
            Deliver(waiter, raised, converter);
        else
            waiters.Add(waiter);
    }

    private static void Deliver(EventWaiter waiter, EventRaised raised, DataConverter converter)
    {
        waiter.Cancellation.Dispose();
        waiter.Receive(raised.Payload, converter);
    }

    private EventWaiter? TakeWaiter(string name)
    {
        if (!_waiters.TryGetValue(name, out List<EventWaiter>? waiters))
            return null;
        int newest = waiters.FindLastIndex(waiter => waiter.IsWaiting);
        EventWaiter? taken = newest < 0 ? null : waiters[newest];
        if (taken is not null)
            waiters.RemoveAt(newest);
        waiters.RemoveAll(waiter => !waiter.IsWaiting);
        if (waiters.Count == 0)
            _waiters.Remove(name);
        return taken;
    }

    private EventRaised? TakeKept(string name)
    {
        for (LinkedListNode<EventRaised>? node = _kept.First; node is not null; node = node.Next)
        {
            if (string.Equals(node.Value.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                _kept.Remove(node);
                return node.Value;
            }
        }

        return null;
    }
}
