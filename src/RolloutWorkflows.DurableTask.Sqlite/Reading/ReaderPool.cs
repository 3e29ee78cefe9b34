namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Connections for reading, apart from the writer's: a reader sees the last committed state and blocks nobody. They are
/// opened on first need and lent to one caller at a time.
/// </summary>
internal sealed class ReaderPool(string path, int size) : IDisposable
{
    private readonly SemaphoreSlim free = new(size, size);
    private readonly Stack<SqliteDatabase> idle = new();
    private bool disposed;

    /// <summary>Reads in one consistent snapshot.</summary>
    public T Read<T>(Func<SqliteDatabase, T> query, CancellationToken cancellation = default)
    {
        free.Wait(cancellation);
        SqliteDatabase? database = null;
        try
        {
            database = Rent();
            database.Execute("BEGIN");
            return query(database);
        }
        finally
        {
            Return(database);
        }
    }

    public void Dispose()
    {
        lock (idle)
        {
            disposed = true;
            while (idle.TryPop(out var database)) database.Dispose();
        }
    }

    private SqliteDatabase Rent()
    {
        lock (idle)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (idle.TryPop(out var database)) return database;
        }

        return SqliteDatabase.Open(path, new SqliteOpenOptions { ReadOnly = true });
    }

    private void Return(SqliteDatabase? database)
    {
        try
        {
            if (database is not null) TakeBack(database);
        }
        finally
        {
            // Whatever became of the connection, another reader may come; a place that is lost is lost for good.
            free.Release();
        }
    }

    private void TakeBack(SqliteDatabase database)
    {
        try
        {
            database.RollbackIfOpen();
        }
        catch
        {
            database.Dispose();
            throw;
        }

        lock (idle)
        {
            if (disposed) database.Dispose();
            else idle.Push(database);
        }
    }
}
