namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

/// <summary>Keeps a writer busy within a transaction, so that what is enqueued meanwhile goes into the next one together.</summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly ManualResetEventSlim begun = new();
    private readonly ManualResetEventSlim free = new();
    private readonly Task held;

    public HeldWriter(SqliteWriter writer)
    {
        held = writer.RunAsync(_ =>
        {
            begun.Set();
            free.Wait();
        });
        begun.Wait();
    }

    public Task ReleaseAsync()
    {
        free.Set();
        return held;
    }

    public void Dispose()
    {
        free.Set();
        held.Wait();
        begun.Dispose();
        free.Dispose();
    }
}
