using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Actors;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <content>Removes what has ended.</content>
internal sealed partial class EmbeddedDurableTaskClient
{
    // Small units let other work come in between.
    private const int PurgeChunk = 100;

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.EnsureOpenAsync(cancellation);
        if (await Actors.Store.GetInstanceAsync(instanceId, cancellation) is not { } row)
            return new(0, true);
        if (!row.HasEnded)
        {
            throw new InvalidOperationException(
                $"Instance '{instanceId}' is {row.Status} and cannot be purged. Wait for it to end, or terminate it first.");
        }

        return new(await PurgeAsync([instanceId], options, cancellation), true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await engine.EnsureOpenAsync(cancellation);
        long start = Actors.Time.GetTimestamp();
        InstanceQuery query = InstanceQueries.Of(filter) with { PageSize = PurgeChunk };
        int purged = 0;
        while (true)
        {
            InstancePage page = await Actors.Store.QueryInstancesAsync(query, cancellation);
            purged += await PurgeAsync([.. page.Instances.Select(row => row.InstanceId)], options, cancellation);
            if (page.Next is null)
                return new(purged, true);
            if (filter.Timeout is { } timeout && Actors.Time.GetElapsedTime(start) >= timeout)
                return new(purged, false);
            query = query with { After = page.Next };
        }
    }

    private async Task<int> PurgeAsync(IReadOnlyList<string> instanceIds, PurgeInstanceOptions? options, CancellationToken cancellation)
    {
        List<string> all = [.. instanceIds];
        if (options?.Recursive == true)
        {
            foreach (string id in instanceIds)
                all.AddRange(await Descendants.EndedAsync(Actors.Store, id, cancellation));
        }

        int purged = 0;
        foreach (string[] chunk in all.Distinct().Chunk(PurgeChunk))
        {
            await TrackAsync(async () =>
            {
                CommitResult committed = await Actors.Store.CommitAsync(new() { Purges = chunk });
                purged += committed.PurgedInstances;
            });
        }

        return purged;
    }
}
