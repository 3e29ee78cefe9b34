using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>
/// All that happens to one instance, one thing after the other: takes messages, runs turns, commits them, releases
/// their effects. Messages that come while a commit is under way join the next turn.
/// </summary>
internal sealed partial class InstanceActor(string instanceId, ActorServices services) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<ActorMessage> _mailbox = [];
    private List<ActorMessage> _spare = [];
    private bool _running;
    private bool _retired;

    /// <summary>Messages taken from the mailbox that wait for the instance to be resumed or to be due.</summary>
    private readonly List<ActorMessage> _held = [];

    private InstanceRow? _row;
    private OrchestrationExecution? _live;
    private int _failures;
    private int _outages;
    private bool _readInbox;

    public string InstanceId => instanceId;

    /// <summary>The actor's place among the idle ones; owned by the directory.</summary>
    public LinkedListNode<InstanceActor>? IdleNode { get; set; }

    /// <summary>Makes the actor read the instance's stored messages before anything else.</summary>
    public void ReadInboxFirst() => _readInbox = true;

    /// <summary>Hands over a message; <see langword="false"/> if the actor has retired and another must be asked for.</summary>
    public bool Post(ActorMessage message)
    {
        lock (_gate)
        {
            if (_retired)
                return false;
            _mailbox.Add(message);
            if (_running || !services.Running)
                return true;
            _running = true;
        }

        Schedule();
        return true;
    }

    /// <summary>Begins to work on what was posted before the engine ran.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_running || _retired || _mailbox.Count == 0)
                return;
            _running = true;
        }

        Schedule();
    }

    /// <summary>Leaves memory, unless there is something to do or to keep.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            if (_running || _mailbox.Count > 0 || _held.Count > 0)
                return false;
            _retired = true;
            return true;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private void Schedule()
    {
        services.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private async Task RunAsync()
    {
        while (TakeMessages() is { } messages)
        {
            try
            {
                await ProcessAsync(messages);
                _failures = 0;
                _outages = 0;
            }
            catch (Exception error)
            {
                await RecoverAsync(messages, error);
            }

            Recycle(messages);
        }

        services.Work.Leave();
    }

    private List<ActorMessage>? TakeMessages()
    {
        bool ended;
        lock (_gate)
        {
            if (_mailbox.Count > 0 && services.Running)
            {
                List<ActorMessage> taken = _mailbox;
                _mailbox = _spare;
                return taken;
            }

            _running = false;
            ended = _row is null || _row.HasEnded;
        }

        services.Directory.BecameIdle(this, ended);
        return null;
    }

    private void Recycle(List<ActorMessage> messages)
    {
        messages.Clear();
        lock (_gate)
            _spare = messages;
    }
}
