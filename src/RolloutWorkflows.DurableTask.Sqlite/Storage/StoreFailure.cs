using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Says of an SQLite error whether it is the file's or the disk's, and may pass, or the statement's, and will not.</summary>
internal static class StoreFailure
{
    internal static StoreException From(string what, Exception error) =>
        error is SqliteException { Code: Busy or Locked or ReadOnly or InputOutput or Full or CannotOpen }
            ? new StoreUnavailableException($"{what}: {error.Message}", error)
            : new StoreException($"{what}: {error.Message}", error);

    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
}
