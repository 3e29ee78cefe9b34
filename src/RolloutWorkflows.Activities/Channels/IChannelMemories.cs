namespace RolloutWorkflows.Activities;

/// <summary>What channels remember of all runs. Durable when a call returns. Thread-safe.</summary>
public interface IChannelMemories
{
    /// <summary>What one channel remembers of one run. Costs nothing by itself.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="channel">The channel's <see cref="IChannel.Name"/>.</param>
    IChannelMemory Of(string runId, string channel);

    /// <summary>The runs of which a channel keeps this value under this key, newest run first (by when it first kept something under the key): it leads from an issue or a thread back to its run.</summary>
    ValueTask<IReadOnlyList<string>> FindAsync(string channel, string key, string value, CancellationToken cancellation = default);
}
