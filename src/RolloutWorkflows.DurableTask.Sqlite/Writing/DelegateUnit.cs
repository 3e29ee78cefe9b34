namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>A unit made of a function, answered through a task.</summary>
internal sealed class DelegateUnit<T>(Func<SqliteDatabase, T> work, int bytes) : SqliteWriteUnit
{
    // Continuations run elsewhere: the writer's thread must not carry a caller's code.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public override int Bytes => bytes;

    public Task<T> Task => completion.Task;

    public override void Apply(SqliteDatabase database) => result = work(database);

    public override void Completed() => completion.SetResult(result);

    public override void Failed(Exception error) => completion.SetException(error);
}
