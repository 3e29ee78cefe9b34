namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class SqliteLibraryTests
{
    [Fact]
    public void Load_OnThisMachine_FindsALibrary()
    {
        var info = SqliteLibrary.Load();

        Assert.Matches(@"^3\.\d+\.\d+$", info.Version);
    }

    [Fact]
    public void Find_BundledAlone_IsNewEnough()
    {
        var (info, _) = SqliteLibraryProbe.Find(["e_sqlite3"], SqliteLibrary.MinimumVersion);

        Assert.True(info.IsBundled);
        Assert.Equal("3.35.5", info.Version);
    }

    [Fact]
    public void Find_NoneIsThere_ListsWhatWasTried()
    {
        var error = Assert.Throws<DllNotFoundException>(() => SqliteLibraryProbe.Find(["no-such-library"], SqliteLibrary.MinimumVersion));

        Assert.Contains("no-such-library: not found", error.Message, StringComparison.Ordinal);
        Assert.Contains(SqliteLibrary.PathVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TooOld_SaysExpectedAndGot()
    {
        var error = Assert.Throws<DllNotFoundException>(() => SqliteLibraryProbe.Find(["e_sqlite3"], 9_001_002));

        Assert.Contains("expected version 9.1.2 or later", error.Message, StringComparison.Ordinal);
        Assert.Contains("e_sqlite3: version 3.35.5", error.Message, StringComparison.Ordinal);
    }
}
