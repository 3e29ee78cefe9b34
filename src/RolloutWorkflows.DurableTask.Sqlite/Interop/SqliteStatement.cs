using System.Buffers;
using System.Text;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// A prepared statement: bind parameters (from 1), <see cref="Step"/> through rows, read columns (from 0). Comes from
/// <see cref="SqliteDatabase.Prepare"/>; disposing it returns it to that connection's cache. Like its connection it
/// serves one thread at a time.
/// </summary>
public sealed unsafe class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;

    private readonly SqliteDatabase database;
    private nint handle;

    internal SqliteStatement(SqliteDatabase database, string sql, nint handle)
    {
        this.database = database;
        Sql = sql;
        this.handle = handle;
    }

    /// <summary>The statement's text.</summary>
    public string Sql { get; }

    /// <summary>The number of columns in a row; 0 when the statement returns none.</summary>
    public int ColumnCount => NativeMethods.sqlite3_column_count(Handle);

    internal bool IsRented { get; set; }

    private nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(SqliteStatement), $"The connection of this statement was closed: {Sql}");

    public SqliteStatement Bind(int index, long value)
    {
        Check(NativeMethods.sqlite3_bind_int64(Handle, index, value), index);
        return this;
    }

    public SqliteStatement Bind(int index, long? value) => value is { } v ? Bind(index, v) : BindNull(index);

    public SqliteStatement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public SqliteStatement Bind(int index, double value)
    {
        Check(NativeMethods.sqlite3_bind_double(Handle, index, value), index);
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        Check(NativeMethods.sqlite3_bind_null(Handle, index), index);
        return this;
    }

    /// <summary>Binds text as UTF-8; null binds SQL's null.</summary>
    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null) return BindNull(index);
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = most <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(most));
        var bytes = Encoding.UTF8.GetBytes(value, buffer);
        BindUtf8(index, buffer[..bytes]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds text that is UTF-8 already.</summary>
    public SqliteStatement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        byte none = 0;
        fixed (byte* start = value)
            Check(NativeMethods.sqlite3_bind_text(Handle, index, start == null ? &none : start, value.Length, NativeMethods.Transient), index);
        return this;
    }

    /// <summary>Binds bytes; an empty span binds an empty blob, not null.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Check(NativeMethods.sqlite3_bind_zeroblob(Handle, index, 0), index);
            return this;
        }

        fixed (byte* start = value)
            Check(NativeMethods.sqlite3_bind_blob(Handle, index, start, value.Length, NativeMethods.Transient), index);
        return this;
    }

    /// <summary>Binds all parameters in order.</summary>
    /// <exception cref="ArgumentException">The number of values differs from the number of parameters.</exception>
    public SqliteStatement BindAll(params ReadOnlySpan<SqliteValue> values)
    {
        var expected = NativeMethods.sqlite3_bind_parameter_count(Handle);
        if (expected != values.Length)
            throw new ArgumentException($"The statement has {expected} parameters and got {values.Length} values: {Sql}", nameof(values));
        for (var i = 0; i < values.Length; i++) values[i].BindTo(this, i + 1);
        return this;
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False when there are no more rows; the statement is then reset and can be bound again.</returns>
    /// <exception cref="SqliteException">The statement failed; it is reset.</exception>
    public bool Step()
    {
        var code = NativeMethods.sqlite3_step(Handle);
        if (code == NativeMethods.Row) return true;
        if (code == NativeMethods.Done)
        {
            _ = NativeMethods.sqlite3_reset(handle);
            return false;
        }

        var failure = database.Failure(code, "run a statement", Sql);
        _ = NativeMethods.sqlite3_reset(handle);
        throw failure;
    }

    /// <summary>Runs the statement to its end, ignoring rows.</summary>
    /// <returns>The number of rows that it inserted, changed or deleted.</returns>
    public int Execute()
    {
        while (Step())
        {
        }

        return database.Changes;
    }

    /// <summary>Ends the current run so that the statement can be run again; bindings stay.</summary>
    public void Reset() => _ = NativeMethods.sqlite3_reset(Handle);

    public bool IsNull(int column) => NativeMethods.sqlite3_column_type(Handle, column) == NativeMethods.TypeNull;

    /// <summary>Whether the value stored in the column is an integer, whatever the column was declared as.</summary>
    public bool IsInteger(int column) => NativeMethods.sqlite3_column_type(Handle, column) == NativeMethods.TypeInteger;

    public long GetInt64(int column) => NativeMethods.sqlite3_column_int64(Handle, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public double GetDouble(int column) => NativeMethods.sqlite3_column_double(Handle, column);

    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>The column's text; empty when it is null.</summary>
    public string GetString(int column) => GetStringOrNull(column) ?? "";

    /// <summary>The column's text, or null.</summary>
    public string? GetStringOrNull(int column)
    {
        var start = NativeMethods.sqlite3_column_text(Handle, column);
        return start == null ? null : Encoding.UTF8.GetString(start, NativeMethods.sqlite3_column_bytes(handle, column));
    }

    /// <summary>The column's bytes, valid only until the next call to <see cref="Step"/>, <see cref="Reset"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> GetSpan(int column)
    {
        var start = NativeMethods.sqlite3_column_blob(Handle, column);
        return start == null ? default : new ReadOnlySpan<byte>(start, NativeMethods.sqlite3_column_bytes(handle, column));
    }

    /// <summary>A copy of the column's bytes, or null.</summary>
    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetSpan(column).ToArray();

    public string GetColumnName(int column) => NativeMethods.ToText(NativeMethods.sqlite3_column_name(Handle, column));

    /// <summary>Resets the statement, forgets its bindings and gives it back to the connection's cache.</summary>
    public void Dispose()
    {
        if (handle == 0) return;
        _ = NativeMethods.sqlite3_reset(handle);
        _ = NativeMethods.sqlite3_clear_bindings(handle);
        database.Return(this);
    }

    internal void FinalizeNow()
    {
        if (handle == 0) return;
        _ = NativeMethods.sqlite3_finalize(handle);
        handle = 0;
    }

    private void Check(int code, int index)
    {
        if (code != NativeMethods.Ok) throw database.Failure(code, $"bind parameter {index}", Sql);
    }
}
