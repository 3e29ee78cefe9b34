namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>One value for a statement's parameter. Made by implicit conversion from the usual types; times are bound as ISO-8601 text by the caller's choice.</summary>
public readonly struct SqliteValue
{
    private enum Kind : byte { Null, Integer, Real, Text, Blob }

    private readonly Kind kind;
    private readonly long integer;
    private readonly object? reference;

    private SqliteValue(Kind kind, long integer, object? reference)
    {
        this.kind = kind;
        this.integer = integer;
        this.reference = reference;
    }

    /// <summary>SQL's null.</summary>
    public static SqliteValue Null => default;

    public static SqliteValue FromInt64(long value) => new(Kind.Integer, value, null);

    public static SqliteValue FromDouble(double value) => new(Kind.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static SqliteValue FromString(string? value) => value is null ? default : new(Kind.Text, 0, value);

    public static SqliteValue FromBytes(byte[]? value) => value is null ? default : new(Kind.Blob, 0, value);

    public static implicit operator SqliteValue(long value) => FromInt64(value);

    public static implicit operator SqliteValue(long? value) => value is { } v ? FromInt64(v) : default;

    public static implicit operator SqliteValue(int value) => FromInt64(value);

    public static implicit operator SqliteValue(bool value) => FromInt64(value ? 1 : 0);

    public static implicit operator SqliteValue(double value) => FromDouble(value);

    public static implicit operator SqliteValue(double? value) => value is { } v ? FromDouble(v) : default;

    public static implicit operator SqliteValue(string? value) => FromString(value);

    public static implicit operator SqliteValue(byte[]? value) => FromBytes(value);

    internal void BindTo(SqliteStatement statement, int index)
    {
        switch (kind)
        {
            case Kind.Integer: statement.Bind(index, integer); break;
            case Kind.Real: statement.Bind(index, BitConverter.Int64BitsToDouble(integer)); break;
            case Kind.Text: statement.Bind(index, (string)reference!); break;
            case Kind.Blob: statement.Bind(index, (ReadOnlySpan<byte>)(byte[])reference!); break;
            default: statement.BindNull(index); break;
        }
    }
}
