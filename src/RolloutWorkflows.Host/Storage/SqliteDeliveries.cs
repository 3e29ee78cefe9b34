namespace RolloutWorkflows.Host;

/// <summary>The deliveries of counterparts that were dealt with, for a month. Thread-safe.</summary>
internal sealed class SqliteDeliveries(RolloutDatabase database, TimeProvider time)
{
    /// <summary>Longer than GitHub lets anybody deliver anything again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>True where this very body was dealt with under this id.</summary>
    public bool Has(string id, string digest) =>
        database.Read(connection => connection.QueryFirst("SELECT count(*) FROM deliveries WHERE id = ? AND digest = ?", row => row.GetInt64(0), id, digest)) > 0;

    /// <summary>Notes that it was dealt with, after everything that follows from it.</summary>
    public async Task NoteAsync(string id, string digest)
    {
        var now = time.GetUtcNow().UtcTicks;
        await database.WriteAsync(connection =>
        {
            connection.Execute("DELETE FROM deliveries WHERE at < ?", now - Kept.Ticks);
            return connection.Execute("INSERT INTO deliveries (id, digest, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", id, digest, now);
        });
    }
}
