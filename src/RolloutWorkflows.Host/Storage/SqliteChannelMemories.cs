using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>What channels remember, in SQLite.</summary>
internal sealed class SqliteChannelMemories(RolloutDatabase database) : IChannelMemories
{
    public IChannelMemory Of(string runId, string channel) => new Memory(database, runId, channel);

    public ValueTask<IReadOnlyList<string>> FindAsync(string channel, string key, string value, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query(
            "SELECT run FROM channel_memory WHERE channel = ? AND key = ? AND value = ? ORDER BY number DESC", row => row.GetString(0), channel, key, value)));

    private sealed class Memory(RolloutDatabase database, string run, string channel) : IChannelMemory
    {
        public ValueTask<string?> GetAsync(string key, CancellationToken cancellation = default) =>
            new(database.Read(connection => connection.QueryFirst(
                "SELECT value FROM channel_memory WHERE run = ? AND channel = ? AND key = ?", row => row.GetString(0), run, channel, key)));

        public async ValueTask SetAsync(string key, string value, CancellationToken cancellation = default) => await database.WriteAsync(connection => connection.Execute(
            "INSERT INTO channel_memory (run, channel, key, value) VALUES (?, ?, ?, ?) ON CONFLICT (run, channel, key) DO UPDATE SET value = excluded.value",
            run, channel, key, value));
    }
}
