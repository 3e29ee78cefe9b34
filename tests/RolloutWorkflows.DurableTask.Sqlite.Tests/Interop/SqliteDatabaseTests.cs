namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;

    public SqliteDatabaseTests()
    {
        database = SqliteDatabase.Open(folder.Database);
        database.ExecuteScript("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size REAL, bytes BLOB); -- the end");
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Grüße, 世界 🚀")]
    public void Text_BoundAndRead_IsTheSame(string text)
    {
        database.Execute("INSERT INTO item (name) VALUES (?)", text);

        Assert.Equal([text], database.Query("SELECT name FROM item", row => row.GetString(0)));
    }

    [Fact]
    public void Text_LongerThanTheStackBuffer_IsTheSame()
    {
        var text = new string('ü', 100_000);
        database.Execute("INSERT INTO item (name) VALUES (?)", text);

        Assert.Equal(text, database.QueryFirst("SELECT name FROM item", row => row.GetString(0)));
    }

    [Fact]
    public void Values_OfEachType_AreTheSame()
    {
        database.Execute("INSERT INTO item VALUES (?, ?, ?, ?)", long.MaxValue, SqliteValue.Null, 1.5, new byte[] { 0, 1, 255 });

        var row = database.Query("SELECT id, name, size, bytes FROM item", r => (r.GetInt64(0), r.GetStringOrNull(1), r.GetDouble(2), r.GetBytesOrNull(3)))[0];
        Assert.Equal((long.MaxValue, null, 1.5), (row.Item1, row.Item2, row.Item3));
        Assert.Equal([0, 1, 255], row.Item4!);
    }

    [Fact]
    public void EmptyBytes_BoundAndRead_AreNotNull()
    {
        database.Execute("INSERT INTO item (bytes) VALUES (?)", Array.Empty<byte>());

        Assert.Equal([], database.QueryFirst("SELECT bytes FROM item", row => row.GetBytesOrNull(0))!);
    }

    [Fact]
    public void Constraint_Broken_TellsCodeTextAndSql()
    {
        database.Execute("INSERT INTO item (name) VALUES (?)", "secret-value");

        var error = Assert.Throws<SqliteException>(() => database.Execute("INSERT INTO item (name) VALUES (?)", "secret-value"));

        Assert.True(error.IsConstraint);
        Assert.Equal(2067, error.ExtendedCode);
        Assert.Contains("UNIQUE constraint failed: item.name", error.Message, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO item (name) VALUES (?)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statement_AfterAFailure_CanRunAgain()
    {
        database.Execute("INSERT INTO item (name) VALUES (?)", "a");
        Assert.Throws<SqliteException>(() => database.Execute("INSERT INTO item (name) VALUES (?)", "a"));

        database.Execute("INSERT INTO item (name) VALUES (?)", "b");

        Assert.Equal(2, database.QueryFirst("SELECT count(*) FROM item", row => row.GetInt64(0)));
    }

    [Fact]
    public void Syntax_Wrong_TellsWhere()
    {
        var error = Assert.Throws<SqliteException>(() => database.Execute("SELEC 1"));

        Assert.Contains("near \"SELEC\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_TooFew_AreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => database.Execute("INSERT INTO item (id, name) VALUES (?, ?)", 1));

        Assert.Contains("2 parameters and got 1 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statement_UsedTwiceAtOnce_RunsIndependently()
    {
        for (var i = 0; i < 3; i++) database.Execute("INSERT INTO item (id) VALUES (?)", i);

        var pairs = database.Query(
            "SELECT id FROM item ORDER BY id",
            outer => (outer.GetInt64(0), database.Query("SELECT id FROM item ORDER BY id", inner => inner.GetInt64(0)).Count));

        Assert.Equal([(0L, 3), (1L, 3), (2L, 3)], pairs);
    }

    [Fact]
    public void Transaction_ThatThrows_LeavesNothing()
    {
        Assert.Throws<InvalidOperationException>(() => database.InTransaction(() =>
        {
            database.Execute("INSERT INTO item (id) VALUES (1)");
            throw new InvalidOperationException();
        }));

        Assert.False(database.IsInTransaction);
        Assert.Equal(0, database.QueryFirst("SELECT count(*) FROM item", row => row.GetInt64(0)));
    }

    [Fact]
    public void Settings_AfterOpening_AreTheOnesAsked()
    {
        string Read(string name) => database.QueryFirst($"PRAGMA {name}", row => row.GetString(0))!;

        Assert.Equal("wal", Read("journal_mode"));
        Assert.Equal("2", Read("synchronous"));
        Assert.Equal("8192", Read("page_size"));
        Assert.Equal("2", Read("auto_vacuum"));
        Assert.Equal("1", Read("foreign_keys"));
        Assert.Equal("0", Read("trusted_schema"));
    }

    [Fact]
    public void ReadOnly_Writing_IsRefused()
    {
        using var reader = SqliteDatabase.Open(folder.Database, new SqliteOpenOptions { ReadOnly = true });

        var error = Assert.Throws<SqliteException>(() => reader.Execute("INSERT INTO item (id) VALUES (1)"));

        Assert.Equal(8, error.Code);
    }

    [Fact]
    public void Open_NotADatabase_TellsWhatToDo()
    {
        File.WriteAllText(folder.File("other"), new string('x', 4096));

        var error = Assert.Throws<SqliteException>(() => SqliteDatabase.Open(folder.File("other")));

        Assert.Equal(26, error.Code);
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderMissing_NamesThePath()
    {
        var path = Path.Combine(folder.File("missing"), "x.db");

        var error = Assert.Throws<SqliteException>(() => SqliteDatabase.Open(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_Used_Throws()
    {
        var statement = database.Prepare("SELECT 1");
        database.Dispose();

        Assert.Throws<ObjectDisposedException>(() => database.Execute("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(() => statement.Step());
    }
}
