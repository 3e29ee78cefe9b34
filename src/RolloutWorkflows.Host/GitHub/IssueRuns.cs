using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Leads from an issue to the runs that are shown in it, and puts into their lanes what is to be said there. Thread-safe.</summary>
internal sealed class IssueRuns(IChannelMemories memories, RunReader reader, IOutbox outbox, IOutboxLanes lanes)
{
    public const string Lane = "releaseIssue";

    /// <summary>The key under which the release issue remembers where it is.</summary>
    private const string Issue = "issue";

    /// <summary>The runs of an issue, newest first; empty for most issues.</summary>
    public async Task<IReadOnlyList<IssueRun>> FindAsync(GitHubRepository repository, int number)
    {
        var runs = new List<IssueRun>();
        foreach (var runId in await memories.FindAsync(Lane, Issue, new IssuePlace(repository, number).Key))
            if (await FindAsync(runId) is { } run)
                runs.Add(run);
        return runs;
    }

    /// <summary>The run as it stands now; null: it was removed.</summary>
    public async Task<IssueRun?> FindAsync(string runId)
    {
        try
        {
            var instance = await reader.RequireAsync(runId, CancellationToken.None);
            return new IssueRun(StorageJson.Read<RolloutInput>(instance.SerializedInput!), RunReader.StatusOf(instance), instance.IsCompleted);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>What a channel remembers of the run.</summary>
    public IChannelMemory MemoryOf(string runId) => memories.Of(runId, Lane);

    /// <summary>Stores what is to be said in the issue, each thing once, and has the issue brought to the run's present state.</summary>
    public async Task TellAsync(string runId, params IReadOnlyList<ChannelMessage> messages)
    {
        if (messages.Count > 0) await outbox.StoreAsync(runId, Lane, messages);
        await lanes.WakeAsync(runId, [Lane]);
    }
}
