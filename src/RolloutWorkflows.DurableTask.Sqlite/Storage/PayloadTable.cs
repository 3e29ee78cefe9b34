using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Keeps values above <see cref="InlineBytes"/> out of the hot rows: the row's column holds the integer 1 instead, and
/// the bytes lie here. A value that is replaced by a small one stays until its instance is removed; a large one overwrites it.
/// </summary>
internal static class PayloadTable
{
    /// <summary>The largest value that stays in its row, in bytes of UTF-8.</summary>
    internal const int InlineBytes = 64 * 1024;

    private const int MostBytesPerChar = 3;

    internal static bool IsLarge([NotNullWhen(true)] string? value) =>
        value is not null && value.Length > InlineBytes / MostBytesPerChar && Encoding.UTF8.GetByteCount(value) > InlineBytes;

    internal static void Bind(SqliteDatabase database, SqliteStatement row, int index, string? value, in PayloadKey key)
    {
        if (!IsLarge(value))
        {
            row.Bind(index, value);
            return;
        }

        row.Bind(index, 1);
        Write(database, key, Encoding.UTF8.GetBytes(value));
    }

    internal static void Bind(SqliteDatabase database, SqliteStatement row, int index, ReadOnlySpan<byte> value, in PayloadKey key)
    {
        if (value.Length <= InlineBytes)
        {
            row.Bind(index, value);
            return;
        }

        row.Bind(index, 1);
        Write(database, key, value);
    }

    internal static string? ReadText(SqliteDatabase database, SqliteStatement row, int column, in PayloadKey key) =>
        row.IsInteger(column) ? Encoding.UTF8.GetString(Read(database, key)) : row.GetStringOrNull(column);

    internal static byte[] ReadBytes(SqliteDatabase database, SqliteStatement row, int column, in PayloadKey key) =>
        row.IsInteger(column) ? Read(database, key) : row.GetSpan(column).ToArray();

    internal static void Delete(SqliteDatabase database, in PayloadKey key) => database.Execute(
        "DELETE FROM payload WHERE instance = ? AND kind = ? AND execution = ? AND n = ?",
        key.Instance, (int)key.Kind, key.Execution, key.N);

    internal static void DeleteAll(SqliteDatabase database, long instance, PayloadKind kind) =>
        database.Execute("DELETE FROM payload WHERE instance = ? AND kind = ?", instance, (int)kind);

    internal static void DeleteAll(SqliteDatabase database, long instance) =>
        database.Execute("DELETE FROM payload WHERE instance = ?", instance);

    private static void Write(SqliteDatabase database, in PayloadKey key, ReadOnlySpan<byte> value)
    {
        using var statement = database.Prepare("INSERT OR REPLACE INTO payload (instance, kind, execution, n, bytes) VALUES (?, ?, ?, ?, ?)");
        statement.Bind(1, key.Instance).Bind(2, (int)key.Kind).Bind(3, key.Execution).Bind(4, key.N).Bind(5, value).Execute();
    }

    private static byte[] Read(SqliteDatabase database, in PayloadKey key) => database.QueryFirst(
        "SELECT bytes FROM payload WHERE instance = ? AND kind = ? AND execution = ? AND n = ?",
        row => row.GetSpan(0).ToArray(),
        key.Instance, (int)key.Kind, key.Execution, key.N)
        ?? throw new InvalidDataException($"The database {database.Path} lacks the {key.Kind} payload of instance number {key.Instance}; restore it from a backup.");
}
