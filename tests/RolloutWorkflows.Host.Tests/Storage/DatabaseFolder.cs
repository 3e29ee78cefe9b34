namespace RolloutWorkflows.Host.Tests.Storage;

/// <summary>Databases of their own for one test.</summary>
public sealed class DatabaseFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<RolloutDatabase> open = [];

    internal RolloutDatabase Open()
    {
        var database = new RolloutDatabase(Path.Combine(folder.Path, $"rollouts-{open.Count}.db"));
        open.Add(database);
        return database;
    }

    public void Dispose()
    {
        foreach (var database in open) database.Dispose();
        folder.Dispose();
    }
}
