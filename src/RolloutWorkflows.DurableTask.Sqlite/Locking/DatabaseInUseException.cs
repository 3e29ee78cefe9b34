using System.Globalization;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>The database file is held by another store, in this process or another one. Nothing was changed.</summary>
public sealed class DatabaseInUseException : StoreException
{
    internal DatabaseInUseException(string path, DatabaseOwner? owner, Exception inner)
        : base(Describe(path, owner), inner)
    {
        DatabasePath = path;
        HolderPid = owner?.Pid;
    }

    /// <summary>The database file.</summary>
    public string DatabasePath { get; }

    /// <summary>The process that holds the file; null when it has not said who it is.</summary>
    public int? HolderPid { get; }

    private static string Describe(string path, DatabaseOwner? owner)
    {
        var holder = owner switch
        {
            null => "another process",
            _ when owner.Pid == Environment.ProcessId => $"another store of this same process (pid {owner.Pid})",
            _ => string.Create(CultureInfo.InvariantCulture, $"process {owner.Pid} on {owner.Machine} since {owner.Since:u}"),
        };
        return $"The database {path} is in use by {holder}. One store may hold it at a time: stop that process, or give this one another file.";
    }
}
