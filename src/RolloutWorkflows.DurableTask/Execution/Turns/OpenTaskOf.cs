using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>An open task with the type of its result.</summary>
internal sealed class OpenTaskOf<T>(int id, OpenTaskKind kind, string name) : OpenTask(id, kind, name)
{
    // Continuations run within Complete, on the turn's thread: that keeps their order the same on replay.
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(string? result, DataConverter converter)
    {
        T? value;
        try
        {
            value = converter.Deserialize<T>(result);
        }
        catch (Exception error)
        {
            // The caller can catch this; thrown from here it would be nobody's.
            _source.TrySetException(error);
            return;
        }

        _source.TrySetResult(value!);
    }

    public override void Fail(FailureRecord failure) =>
        _source.TrySetException(new TaskFailedException(Name, Id, failure.ToDetails()));

    public override void Cancel(CancellationToken token) => _source.TrySetCanceled(token);
}
