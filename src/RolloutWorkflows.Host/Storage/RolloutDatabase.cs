using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>
/// The product's own tables in one SQLite file: flags, effect journal, measurements, run records. Writes go through one
/// group-committing thread and are on the disk when they return; reads see the last committed state. Thread-safe.
/// </summary>
internal sealed class RolloutDatabase : IDisposable
{
    private readonly SqliteWriter writer;
    private readonly SqliteDatabase reader;
    private readonly Lock reading = new();
    private bool disposed;

    public RolloutDatabase(string path, ILogger? log = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var database = SqliteDatabase.Open(path);
        try
        {
            RolloutSchema.Migrate(database);
            reader = SqliteDatabase.Open(path, new SqliteOpenOptions { ReadOnly = true });
        }
        catch
        {
            database.Dispose();
            throw;
        }

        writer = new SqliteWriter(database, "rollouts-writer", log);
    }

    /// <summary>Writes as a whole or not at all. The work may run twice, so it depends on nothing but the database.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteDatabase, T> work) => writer.RunAsync(work);

    /// <summary>Reads one consistent state.</summary>
    public T Read<T>(Func<SqliteDatabase, T> query)
    {
        // One connection is enough: each query takes microseconds.
        lock (reading)
        {
            reader.Execute("BEGIN");
            try
            {
                return query(reader);
            }
            finally
            {
                reader.RollbackIfOpen();
            }
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        lock (reading)
        {
            if (disposed) return;
            disposed = true;
            reader.Dispose();
        }
    }
}
