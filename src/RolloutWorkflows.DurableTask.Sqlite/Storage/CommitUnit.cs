using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>One engine unit on its way to the disk.</summary>
internal sealed class CommitUnit(StoreUnit unit, UnitWriter units) : SqliteWriteUnit
{
    private const int RowBytes = 512;

    // The engine's continuation must not run on the writer's thread: it would hold up the next transaction.
    private readonly TaskCompletionSource<CommitResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitResult result = CommitResult.Committed;

    public Task<CommitResult> Task => completion.Task;

    public override int Bytes { get; } = Estimate(unit);

    public override void Apply(SqliteDatabase database) => result = units.Apply(unit);

    public override void Completed() => completion.SetResult(result);

    public override void Failed(Exception error) =>
        completion.SetException(error as StoreException ?? StoreFailure.From($"A change to {Subject} was not stored", error));

    private string Subject => unit switch
    {
        { Update: { } update } => $"instance '{update.InstanceId}'",
        { Creations: [var creation, ..] } => $"instance '{creation.Instance.InstanceId}'",
        { Messages: [var message, ..] } => $"instance '{message.InstanceId}'",
        _ => "the store",
    };

    private static int Estimate(StoreUnit unit)
    {
        var bytes = RowBytes + (unit.History?.Events.Length ?? 0) + (unit.Update?.Output?.Length ?? 0);
        foreach (var activity in unit.NewActivities) bytes += RowBytes + (activity.Input?.Length ?? 0);
        foreach (var message in unit.Messages) bytes += RowBytes + message.Payload.Length;
        foreach (var creation in unit.Creations) bytes += RowBytes + (creation.Instance.Input?.Length ?? 0);
        return bytes + (RowBytes * unit.Purges.Count);
    }
}
