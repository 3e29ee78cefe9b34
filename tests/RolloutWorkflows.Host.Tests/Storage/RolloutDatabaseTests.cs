using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class RolloutDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "data", "rollouts.db");

    [Fact]
    public async Task Open_Again_KeepsWhatWasWritten()
    {
        using (var first = new RolloutDatabase(File))
            await new SqliteFlagStore(first, TimeProvider.System).ChangeAsync(new FlagChange { Flag = "bar", Actor = "ada", Apply = _ => new FlagState { Name = "bar", Kind = FlagKind.Percentage, Percent = 10 } });

        using var second = new RolloutDatabase(File);

        Assert.Equal(10, (await new SqliteFlagStore(second, TimeProvider.System).FindAsync("bar"))!.Percent);
    }

    [Fact]
    public void Open_ForeignDatabase_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using (var foreign = SqliteDatabase.Open(File)) foreign.ExecuteScript("CREATE TABLE t (x);");

        Assert.Contains("is not a database of this server", Assert.Throws<HostConfigurationException>(() => new RolloutDatabase(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerSchema_IsRefused()
    {
        new RolloutDatabase(File).Dispose();
        using (var newer = SqliteDatabase.Open(File)) newer.ExecuteScript("PRAGMA user_version = 99;");

        Assert.Contains("has schema version 99", Assert.Throws<HostConfigurationException>(() => new RolloutDatabase(File)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
