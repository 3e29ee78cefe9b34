namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>One wait for an event with a payload of a type.</summary>
internal sealed class EventWaiterOf<T> : EventWaiter
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override Type PayloadType => typeof(T);

    public override bool IsWaiting => !_source.Task.IsCompleted;

    public override void Receive(string? payload, DataConverter converter)
    {
        T? value;
        try
        {
            value = converter.Deserialize<T>(payload);
        }
        catch (Exception error)
        {
            // The waiter can catch this; thrown from here it would end the whole orchestration.
            _source.TrySetException(error);
            return;
        }

        _source.TrySetResult(value!);
    }

    public override void Cancel(CancellationToken token) => _source.TrySetCanceled(token);
}
