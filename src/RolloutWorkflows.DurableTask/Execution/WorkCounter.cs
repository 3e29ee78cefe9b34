namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>
/// Counts what the engine has under way: turns with their commits, activities, client calls, timer loads. Whoever
/// passes work on enters for the next before leaving for itself, so zero means that nothing can happen any more but by
/// time or from outside.
/// </summary>
internal sealed class WorkCounter
{
    private int _count;
    private long _version;

    /// <summary>How much is under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Grows whenever something begins: two equal readings mean that nothing began in between.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Told on every leaving, on the leaving thread, with what is left.</summary>
    public Action<int>? Left { get; set; }

    public void Enter()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Increment(ref _version);
    }

    public void Leave()
    {
        int left = Interlocked.Decrement(ref _count);
        Left?.Invoke(left);
    }
}
