namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// How a database file is opened. Every setting is sent to SQLite explicitly, because system libraries and bundled ones
/// are built with different defaults.
/// </summary>
public sealed record SqliteOpenOptions
{
    /// <summary>Opens for reading only; the file must exist. Default: false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long a call waits for another connection's lock before it fails as busy. Default: 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When a commit counts as done. Default: <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Bytes per page; takes effect only when the file is created. Default: 8192.</summary>
    public int PageSize { get; init; } = 8192;

    /// <summary>The most memory that this connection's page cache takes, in KiB. Default: 16 MiB.</summary>
    public int CacheKib { get; init; } = 16 * 1024;

    /// <summary>Pages in the write-ahead log after which a commit also copies them into the file; 0 leaves that to explicit checkpoints. Default: 4096.</summary>
    public int AutoCheckpointPages { get; init; } = 4096;

    /// <summary>Whether declared foreign keys are enforced. Default: true.</summary>
    public bool ForeignKeys { get; init; } = true;
}
