namespace RolloutWorkflows.Activities;

/// <summary>What channels remember, in memory, for tests and simulations.</summary>
public sealed class InMemoryChannelMemories : IChannelMemories
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Run, string Channel, string Key), (string Value, long First)> _kept = [];
    private long _firsts;

    public IChannelMemory Of(string runId, string channel) => new Memory(this, runId, channel);

    public ValueTask<IReadOnlyList<string>> FindAsync(string channel, string key, string value, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _kept
                .Where(pair => pair.Key.Channel == channel && pair.Key.Key == key && pair.Value.Value == value)
                .OrderByDescending(pair => pair.Value.First)
                .Select(pair => pair.Key.Run)]);
        }
    }

    private sealed class Memory(InMemoryChannelMemories all, string run, string channel) : IChannelMemory
    {
        public ValueTask<string?> GetAsync(string key, CancellationToken cancellation = default)
        {
            lock (all._lock) return new(all._kept.TryGetValue((run, channel, key), out var kept) ? kept.Value : null);
        }

        public ValueTask SetAsync(string key, string value, CancellationToken cancellation = default)
        {
            lock (all._lock) all._kept[(run, channel, key)] = (value, all._kept.TryGetValue((run, channel, key), out var before) ? before.First : ++all._firsts);
            return ValueTask.CompletedTask;
        }
    }
}
