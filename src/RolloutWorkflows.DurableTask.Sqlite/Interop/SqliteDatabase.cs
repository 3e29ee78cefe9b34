using System.Globalization;
using System.Text;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// One connection to an SQLite file in write-ahead mode, with a cache of prepared statements. Serves one thread at a
/// time; open one connection per thread, or write through a <see cref="SqliteWriter"/>.
/// </summary>
public sealed unsafe class SqliteDatabase : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);
    private nint handle;

    private SqliteDatabase(string path, nint handle)
    {
        Path = path;
        this.handle = handle;
    }

    /// <summary>The file, as given.</summary>
    public string Path { get; }

    /// <summary>The rows that the last insert, update or delete touched.</summary>
    public int Changes => NativeMethods.sqlite3_changes(Handle);

    /// <summary>The row id of the last insert.</summary>
    public long LastInsertRowId => NativeMethods.sqlite3_last_insert_rowid(Handle);

    /// <summary>Whether a transaction is open on this connection.</summary>
    public bool IsInTransaction => NativeMethods.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The texts of the statements in the cache.</summary>
    internal IReadOnlyCollection<string> PreparedSql => [.. statements.Keys];

    private nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(SqliteDatabase), $"The connection to {Path} was closed.");

    /// <summary>Opens the file, creating it unless it is opened for reading only, and applies every setting.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static SqliteDatabase Open(string path, SqliteOpenOptions? options = null)
    {
        options ??= new SqliteOpenOptions();
        SqliteLibrary.Load();
        var flags = NativeMethods.OpenNoMutex |
            (options.ReadOnly ? NativeMethods.OpenReadOnly : NativeMethods.OpenReadWrite | NativeMethods.OpenCreate);
        var code = NativeMethods.sqlite3_open_v2(path, out var handle, flags, 0);
        var database = new SqliteDatabase(path, handle);
        try
        {
            if (code != NativeMethods.Ok) throw database.Failure(code, $"open {path}", null);
            _ = NativeMethods.sqlite3_extended_result_codes(handle, 1);
            _ = NativeMethods.sqlite3_busy_timeout(handle, (int)options.BusyTimeout.TotalMilliseconds);
            database.Configure(options);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A statement ready to be bound, from the cache where it is there already. Dispose it to give it back; a statement
    /// whose text is in use gets a second, uncached copy.
    /// </summary>
    public SqliteStatement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var cached))
        {
            if (cached.IsRented) return PrepareNew(sql);
            cached.IsRented = true;
            return cached;
        }

        var statement = PrepareNew(sql);
        statement.IsRented = true;
        statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs one statement with its parameters in order.</summary>
    /// <returns>The number of rows that it inserted, changed or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        using var statement = Prepare(sql);
        return statement.BindAll(values).Execute();
    }

    /// <summary>Runs a script of several statements without parameters, such as a schema.</summary>
    public void ExecuteScript(string script)
    {
        var utf8 = new byte[Encoding.UTF8.GetMaxByteCount(script.Length) + 1];
        var length = Encoding.UTF8.GetBytes(script, utf8);
        fixed (byte* start = utf8)
        {
            var next = start;
            while (next - start < length)
            {
                Check(NativeMethods.sqlite3_prepare_v3(Handle, next, length - (int)(next - start), 0, out var prepared, out next), "prepare a script", script);
                if (prepared == 0) continue;
                var statement = new SqliteStatement(this, script, prepared);
                try
                {
                    statement.Execute();
                }
                finally
                {
                    statement.FinalizeNow();
                }
            }
        }
    }

    /// <summary>Reads all rows of a query; <paramref name="map"/> reads one row's columns.</summary>
    public List<T> Query<T>(string sql, Func<SqliteStatement, T> map, params ReadOnlySpan<SqliteValue> values)
    {
        using var statement = Prepare(sql);
        statement.BindAll(values);
        var rows = new List<T>();
        while (statement.Step()) rows.Add(map(statement));
        return rows;
    }

    /// <summary>The first row of a query, or the default value when there is none.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteStatement, T> map, params ReadOnlySpan<SqliteValue> values)
    {
        using var statement = Prepare(sql);
        statement.BindAll(values);
        return statement.Step() ? map(statement) : default;
    }

    /// <summary>Runs the work in a write transaction: committed when it returns, rolled back when it throws.</summary>
    public void InTransaction(Action work) => InTransaction(() =>
    {
        work();
        return true;
    });

    /// <inheritdoc cref="InTransaction(Action)"/>
    public T InTransaction<T>(Func<T> work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollbackIfOpen();
            throw;
        }
    }

    /// <summary>Undoes an open transaction; does nothing when SQLite has already undone it after a severe error.</summary>
    public void RollbackIfOpen()
    {
        if (handle != 0 && IsInTransaction) Execute("ROLLBACK");
    }

    /// <summary>Copies the write-ahead log into the file as far as readers allow, without waiting for anyone.</summary>
    /// <returns>Whether the whole log was copied, so that the next writer starts it over.</returns>
    public bool Checkpoint()
    {
        var code = NativeMethods.sqlite3_wal_checkpoint_v2(Handle, 0, 0, out var frames, out var copied);
        if (code == NativeMethods.Busy) return false;
        Check(code, "checkpoint", null);
        return copied == frames;
    }

    /// <summary>Makes the statement that runs on this connection fail as interrupted. The one member that may be called from another thread.</summary>
    public void Interrupt()
    {
        var current = handle;
        if (current != 0) NativeMethods.sqlite3_interrupt(current);
    }

    /// <summary>Closes the connection and its statements; an open transaction is undone.</summary>
    public void Dispose()
    {
        if (handle == 0) return;
        foreach (var statement in statements.Values) statement.FinalizeNow();
        statements.Clear();
        _ = NativeMethods.sqlite3_close_v2(handle);
        handle = 0;
    }

    internal SqliteException Failure(int code, string task, string? sql)
    {
        if (handle == 0) return new SqliteException(code, task, NativeMethods.ToText(NativeMethods.sqlite3_errstr(code)), sql);
        var extended = NativeMethods.sqlite3_extended_errcode(handle);
        return new SqliteException((extended & 0xff) == (code & 0xff) ? extended : code, task, NativeMethods.ToText(NativeMethods.sqlite3_errmsg(handle)), sql);
    }

    internal void Return(SqliteStatement statement)
    {
        if (statements.TryGetValue(statement.Sql, out var cached) && ReferenceEquals(cached, statement)) statement.IsRented = false;
        else statement.FinalizeNow();
    }

    private SqliteStatement PrepareNew(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = utf8)
        {
            Check(NativeMethods.sqlite3_prepare_v3(Handle, start, utf8.Length, NativeMethods.PreparePersistent, out var statement, out _), "prepare a statement", sql);
            return statement != 0
                ? new SqliteStatement(this, sql, statement)
                : throw new ArgumentException("The statement is empty.", nameof(sql));
        }
    }

    private void Configure(SqliteOpenOptions options)
    {
        Pragma("trusted_schema", "OFF");
        Pragma("temp_store", "MEMORY");
        Pragma("cache_size", Number(-options.CacheKib));
        // Memory-mapped reads turn a disk error into a signal that kills the process; plain reads report it.
        Pragma("mmap_size", "0");
        Pragma("foreign_keys", options.ForeignKeys ? "ON" : "OFF");
        Pragma("recursive_triggers", "OFF");
        Pragma("synchronous", options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL");
        if (options.ReadOnly)
        {
            Pragma("query_only", "ON");
            return;
        }

        Pragma("page_size", Number(options.PageSize));
        Pragma("auto_vacuum", "INCREMENTAL");
        var mode = QueryFirst("PRAGMA journal_mode=WAL", row => row.GetString(0));
        if (mode != "wal")
            throw new IOException($"The database {Path} cannot be switched to write-ahead mode: expected journal mode 'wal', got '{mode}'. Keep it on a local disk that this process may write to.");
        Pragma("secure_delete", "OFF");
        Pragma("cell_size_check", "ON");
        // macOS returns from fsync before the drive has written; elsewhere these two do nothing.
        Pragma("fullfsync", options.Synchronous == SqliteSynchronous.Full ? "ON" : "OFF");
        Pragma("checkpoint_fullfsync", "ON");
        Pragma("wal_autocheckpoint", Number(options.AutoCheckpointPages));
        Pragma("journal_size_limit", Number(64 << 20));
    }

    private void Pragma(string name, string value) => ExecuteScript($"PRAGMA {name}={value};");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Check(int code, string task, string? sql)
    {
        if (code != NativeMethods.Ok) throw Failure(code, task, sql);
    }
}
