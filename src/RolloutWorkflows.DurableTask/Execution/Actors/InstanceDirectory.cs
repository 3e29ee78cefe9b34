using System.Collections.Concurrent;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Finds the actor of an instance. Those idle longest leave memory when there are too many.</summary>
internal sealed class InstanceDirectory(ActorServices services)
{
    private readonly ConcurrentDictionary<string, InstanceActor> _actors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unread = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _suspects = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly LinkedList<InstanceActor> _idle = new();

    /// <summary>Instances in memory.</summary>
    public int Count => _actors.Count;

    /// <summary>Names an instance whose stored messages nobody has read since the process started.</summary>
    public void MarkUnread(string instanceId) => _unread[instanceId] = true;

    /// <summary>Names an instance that had something under way when the process died.</summary>
    public void MarkSuspect(string instanceId) => _suspects[instanceId] = true;

    /// <summary>Whether the instance was named a suspect; it is one no more.</summary>
    public bool TakeSuspect(string instanceId) => !_suspects.IsEmpty && _suspects.TryRemove(instanceId, out _);

    /// <summary>Hands a message to an instance's actor.</summary>
    public void Post(string instanceId, ActorMessage message)
    {
        while (!_actors.GetOrAdd(instanceId, static (id, self) => self.Create(id), this).Post(message))
        {
            // The actor retired between being found and being told; it has left the directory by the next look.
            Thread.Yield();
        }
    }

    /// <summary>Hands over a stored message.</summary>
    public void Deliver(ActorDelivery delivery) => Post(delivery.Message.InstanceId, delivery.ToActor());

    /// <summary>Begins to work on everything that was posted before the engine ran.</summary>
    public void BeginAll()
    {
        foreach (InstanceActor actor in _actors.Values)
            actor.Begin();
    }

    /// <summary>Takes note that an actor has nothing to do; one whose instance has ended leaves at once.</summary>
    public void BecameIdle(InstanceActor actor, bool ended)
    {
        InstanceActor? longest = null;
        lock (_gate)
        {
            if (actor.IdleNode is { } known)
                _idle.Remove(known);
            if (ended)
            {
                actor.IdleNode = null;
                longest = actor;
            }
            else
            {
                actor.IdleNode ??= new(actor);
                _idle.AddLast(actor.IdleNode);
                if (_idle.Count > services.Options.MaxCachedInstances)
                    longest = TakeLongestIdle();
            }
        }

        if (longest is not null && longest.TryRetire())
            _actors.TryRemove(KeyValuePair.Create(longest.InstanceId, longest));
    }

    private InstanceActor TakeLongestIdle()
    {
        InstanceActor actor = _idle.First!.Value;
        _idle.RemoveFirst();
        actor.IdleNode = null;
        return actor;
    }

    private InstanceActor Create(string instanceId)
    {
        InstanceActor actor = new(instanceId, services);
        if (_unread.TryRemove(instanceId, out _))
            actor.ReadInboxFirst();
        return actor;
    }
}
