namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>When SQLite waits for the disk, in write-ahead mode.</summary>
public enum SqliteSynchronous
{
    /// <summary>Commits survive a crash of the process, but the last ones may be lost when the machine loses power.</summary>
    Normal = 1,

    /// <summary>A commit returns after it is on the disk.</summary>
    Full = 2,
}
