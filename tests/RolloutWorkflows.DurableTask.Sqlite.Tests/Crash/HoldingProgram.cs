namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

/// <summary>Opens a store and holds it until it is killed.</summary>
internal static class HoldingProgram
{
    internal const string Name = "hold";

    internal static async Task RunAsync(string path)
    {
        await using var store = new SqliteOrchestrationStore(new SqliteStoreOptions { Path = path });
        await store.OpenAsync(CancellationToken.None);
        Console.WriteLine("open");
        await Task.Delay(Timeout.Infinite);
    }
}
