using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class StoreOpeningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_InAMissingFolder_CreatesIt()
    {
        await using var store = Create(Path.Combine(folder.File("deep"), "er", "store.db"));

        await store.OpenAsync(Token);

        Assert.True(File.Exists(store.Path));
    }

    [Fact]
    public async Task Open_HeldByThisProcess_IsRefusedAndTheHolderGoesOn()
    {
        await using var first = Create();
        await first.OpenAsync(Token);
        await using var second = Create();

        await Assert.ThrowsAsync<DatabaseInUseException>(() => second.OpenAsync(Token));

        Assert.Null(await first.GetInstanceAsync("a", Token));
    }

    [Fact]
    public async Task Open_OfANewerSchema_IsRefusedAndChangesNothing()
    {
        await MakeAsync(database => database.ExecuteScript("PRAGMA user_version = 99"));
        await using var store = Create();

        var error = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Token));

        Assert.Contains($"schema version 99, but this program knows versions up to {SqliteSchema.Newest}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfAForeignDatabase_IsRefused()
    {
        using (var database = SqliteDatabase.Open(folder.Database)) database.ExecuteScript("CREATE TABLE theirs (id INTEGER)");
        await using var store = Create();

        var error = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Token));

        Assert.Contains("not an orchestration store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Refused_LetsGoOfTheFile()
    {
        await MakeAsync(database => database.ExecuteScript("PRAGMA user_version = 99"));
        await using var store = Create();
        await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Token));

        using var again = DatabaseLock.Take(folder.Database, TimeProvider.System);

        Assert.NotNull(again);
    }

    [Fact]
    public async Task Open_OfADamagedFileAfterACrash_IsRefused()
    {
        await using (var store = Create())
        {
            await store.OpenAsync(Token);
            for (var n = 0; n < 300; n++)
                await store.CommitAsync(new StoreUnit { Creations = [new InstanceCreation { Instance = Row($"i{n}"), ForbiddenStatuses = [] }] });
        }

        // Overwrites leaf pages in the middle of the file; the first pages stay, so that it opens.
        using (var file = File.OpenHandle(folder.Database, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.Write(file, new byte[8192 * 4], RandomAccess.GetLength(file) / 8192 / 2 * 8192);
        await using var damaged = Create();

        var error = await Assert.ThrowsAsync<StoreException>(() => damaged.OpenAsync(Token));

        Assert.Contains("Restore it from a backup", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Use_BeforeOpening_SaysSo()
    {
        await using var store = Create();

        var error = await Assert.ThrowsAsync<StoreException>(() => store.GetInstanceAsync("a", Token));

        Assert.Contains("not open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_AfterClosing_IsRefused()
    {
        await using var store = Create();
        await store.OpenAsync(Token);
        await store.CloseAsync(Token);

        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(new StoreUnit()));
    }

    private SqliteOrchestrationStore Create(string? path = null) => new(new SqliteStoreOptions { Path = path ?? folder.Database });

    private static InstanceRow Row(string id) => new()
    {
        InstanceId = id,
        Name = "O",
        ExecutionId = "e",
        Input = new string('x', 1000),
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };

    private async Task MakeAsync(Action<SqliteDatabase> change)
    {
        await using (var store = Create())
        {
            await store.OpenAsync(Token);
            await store.CloseAsync(Token);
        }

        using var database = SqliteDatabase.Open(folder.Database);
        change(database);
    }
}
