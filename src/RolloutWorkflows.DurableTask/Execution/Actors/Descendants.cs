using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>The sub-orchestrations of an instance, and theirs.</summary>
internal static class Descendants
{
    private const int PageSize = 500;

    /// <summary>
    /// Messages that end the running descendants of an instance. A running child passes the message on to its own
    /// children; those of a child that has ended are reached through it here.
    /// </summary>
    public static async Task<IReadOnlyList<ActorDelivery>> TerminateAsync(ActorServices services, string instanceId, ExecutionTerminated termination)
    {
        List<ActorDelivery> messages = [];
        Queue<string> ended = new([instanceId]);
        // Instance ids are used again, so an instance can be among its own descendants.
        HashSet<string> seen = new(StringComparer.Ordinal) { instanceId };
        while (ended.TryDequeue(out string? parent))
        {
            await foreach (InstanceRow child in ChildrenAsync(services.Store, parent, CancellationToken.None))
            {
                if (!seen.Add(child.InstanceId))
                    continue;
                if (child.HasEnded)
                    ended.Enqueue(child.InstanceId);
                else
                    messages.Add(ActorDelivery.To(child.InstanceId, null, termination, services.NextSequence(), keep: false));
            }
        }

        return messages;
    }

    /// <summary>The ids of an instance's descendants that have ended, down to where one has not.</summary>
    public static async Task<IReadOnlyList<string>> EndedAsync(IOrchestrationStore store, string instanceId, CancellationToken cancellation)
    {
        List<string> found = [];
        Queue<string> ended = new([instanceId]);
        // Instance ids are used again, so an instance can be among its own descendants.
        HashSet<string> seen = new(StringComparer.Ordinal) { instanceId };
        while (ended.TryDequeue(out string? parent))
        {
            await foreach (InstanceRow child in ChildrenAsync(store, parent, cancellation))
            {
                if (!child.HasEnded || !seen.Add(child.InstanceId))
                    continue;
                found.Add(child.InstanceId);
                ended.Enqueue(child.InstanceId);
            }
        }

        return found;
    }

    private static async IAsyncEnumerable<InstanceRow> ChildrenAsync(
        IOrchestrationStore store, string parent, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        InstanceQuery query = new() { ParentInstanceId = parent, PageSize = PageSize };
        while (true)
        {
            InstancePage page = await store.QueryInstancesAsync(query, cancellation);
            foreach (InstanceRow child in page.Instances)
                yield return child;
            if (page.Next is null)
                yield break;
            query = query with { After = page.Next };
        }
    }
}
