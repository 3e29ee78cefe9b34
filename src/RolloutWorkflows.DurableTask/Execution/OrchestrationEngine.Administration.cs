using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Actors;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <content>What operators ask for.</content>
internal sealed partial class OrchestrationEngine
{
    public async Task<bool> UnparkAsync(string instanceId, CancellationToken cancellation = default)
    {
        await EnsureOpenAsync(cancellation);
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _actors.Directory.Post(instanceId, new ActorMessage.Unpark(done));
        return await done.Task.WaitAsync(cancellation);
    }

    public AsyncPageable<OrchestrationMetadata> GetParkedInstancesAsync(int pageSize = OrchestrationQuery.DefaultPageSize) =>
        Pageable.Create<OrchestrationMetadata>(async (token, size, cancellation) =>
        {
            await EnsureOpenAsync(cancellation);
            InstanceQuery query = new() { ParkedOnly = true, PageSize = size ?? pageSize, After = InstanceCursors.Read(token) };
            InstancePage page = await _actors.Store.QueryInstancesAsync(query, cancellation);
            return new([.. page.Instances.Select(row => Metadata.Of(row, null))], InstanceCursors.Write(page.Next));
        });

    public async Task<IReadOnlyList<HistoryEvent>> GetHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        await EnsureOpenAsync(cancellation);
        if (await _actors.Store.GetInstanceAsync(instanceId, cancellation) is not { } row)
            return [];
        IReadOnlyList<HistoryBatch> batches = await _actors.Store.LoadHistoryAsync(instanceId, row.ExecutionId, cancellation);
        return [.. batches
            .Where(batch => batch.Sequence > 0 || row.LastSequence == 0)
            .SelectMany(batch => HistorySerializer.ReadBatch(batch.Events))];
    }

    public async Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit = 100, CancellationToken cancellation = default)
    {
        await EnsureOpenAsync(cancellation);
        return await _actors.Store.LoadDeadLettersAsync(limit, cancellation);
    }
}
