namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Settings of the SQLite store.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The database file on a local disk; it and its folder are created when missing. Required.</summary>
    public string Path { get; set; } = "";

    /// <summary>When a commit counts as done. Default: <see cref="SqliteSynchronous.Full"/>, which survives a loss of power.</summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>How long a write waits for another program that has the file locked, such as a backup, before it fails. Default: 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most connections that read at the same time. Default: 4.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>The most memory of the writing connection's page cache, in KiB. Default: 64 MiB.</summary>
    public int CacheKib { get; set; } = 64 * 1024;

    /// <summary>Pages in the write-ahead log after which they are copied into the file. Default: 2048, which is 16 MiB.</summary>
    public int CheckpointPages { get; set; } = 2048;

    /// <summary>How long the check of the file after an unclean stop may take before the store opens all the same. Default: 5 seconds; zero skips it.</summary>
    public TimeSpan IntegrityCheckBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A native SQLite library to use; null takes the system's, else the bundled one. Process-wide: the first store to open decides.</summary>
    public string? LibraryPath { get; set; }
}
