namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class DatabaseLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Take_HeldByThisProcess_IsRefusedWithThePid()
    {
        using var held = DatabaseLock.Take(folder.Database, TimeProvider.System);

        var error = Assert.Throws<DatabaseInUseException>(() => DatabaseLock.Take(folder.Database, TimeProvider.System));

        Assert.Equal(Environment.ProcessId, error.HolderPid);
        Assert.Contains("another store of this same process", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Database, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_AfterRelease_Succeeds()
    {
        DatabaseLock.Take(folder.Database, TimeProvider.System).Dispose();

        using var again = DatabaseLock.Take(folder.Database, TimeProvider.System);

        Assert.Equal(Environment.ProcessId, again.Owner.Pid);
    }

    [Fact]
    public void Take_OwnerFileLeftByACrash_Succeeds()
    {
        File.WriteAllText(folder.Database + ".owner", """{"pid":1,"machine":"gone","boot":"x","since":"2026-01-01T00:00:00Z"}""");

        using var taken = DatabaseLock.Take(folder.Database, TimeProvider.System);

        Assert.Equal(Environment.ProcessId, taken.Owner.Pid);
    }

    [Fact]
    public void Take_FolderMissing_IsNotMistakenForInUse() =>
        Assert.Throws<DirectoryNotFoundException>(() => DatabaseLock.Take(Path.Combine(folder.File("missing"), "x.db"), TimeProvider.System));

    [Theory]
    [InlineData("nfs4", true)]
    [InlineData("cifs", true)]
    [InlineData("smb2", true)]
    [InlineData("ext4", false)]
    [InlineData("overlay", false)]
    public void Format_OfADrive_IsNetworkOrNot(string format, bool network) => Assert.Equal(network, DatabaseLock.IsNetworkFormat(format));
}
