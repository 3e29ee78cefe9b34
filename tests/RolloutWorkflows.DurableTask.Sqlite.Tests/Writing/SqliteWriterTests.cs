namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteWriter writer;

    public SqliteWriterTests()
    {
        var database = SqliteDatabase.Open(folder.Database);
        database.ExecuteScript("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        writer = new SqliteWriter(database);
    }

    public void Dispose()
    {
        writer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_Completed_IsSeenByAnotherConnection()
    {
        await writer.RunAsync(database => database.Execute("INSERT INTO item VALUES (7)"));

        Assert.Equal([7L], Ids());
    }

    [Fact]
    public async Task Units_QueuedWhileOneWrites_ShareOneTransaction()
    {
        using var held = new HeldWriter(writer);
        var others = Enumerable.Range(0, 500).Select(Insert).ToArray();
        await held.ReleaseAsync();
        await Task.WhenAll(others);

        Assert.Equal(500, Ids().Count);
        Assert.Equal(501, writer.Units);
        Assert.Equal(2, writer.Commits);
    }

    [Fact]
    public async Task Units_OverTheByteLimit_TakeSeveralTransactions()
    {
        using var held = new HeldWriter(writer);
        var others = Enumerable.Range(0, 4)
            .Select(id => writer.RunAsync(database => database.Execute("INSERT INTO item VALUES (?)", id), SqliteWriter.MaxBytes / 2))
            .ToArray();
        await held.ReleaseAsync();
        await Task.WhenAll(others);

        Assert.Equal(3, writer.Commits);
    }

    [Fact]
    public async Task Unit_ThatFailsInAGroup_FailsAlone()
    {
        using var held = new HeldWriter(writer);
        var before = Insert(1);
        var bad = Insert(1);
        var after = Insert(2);
        await held.ReleaseAsync();

        await before;
        await after;
        var error = await Assert.ThrowsAsync<SqliteException>(() => bad);
        Assert.True(error.IsConstraint);
        Assert.Equal([1L, 2L], Ids());
    }

    [Fact]
    public async Task Units_FromManyThreads_AreAllWritten()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (id, _) => await Insert(id));

        Assert.Equal(2000, Ids().Count);
    }

    [Fact]
    public async Task Dispose_WithUnitsQueued_WritesThemFirst()
    {
        using var held = new HeldWriter(writer);
        var queued = Insert(3);
        var released = held.ReleaseAsync();
        writer.Dispose();

        await released;
        await queued;
        Assert.Equal([3L], Ids());
        Assert.Throws<ObjectDisposedException>(() => { _ = Insert(4); });
    }

    private Task Insert(int id) => writer.RunAsync(database => database.Execute("INSERT INTO item VALUES (?)", id));

    private List<long> Ids()
    {
        using var reader = SqliteDatabase.Open(folder.Database, new SqliteOpenOptions { ReadOnly = true });
        return reader.Query("SELECT id FROM item ORDER BY id", row => row.GetInt64(0));
    }
}
