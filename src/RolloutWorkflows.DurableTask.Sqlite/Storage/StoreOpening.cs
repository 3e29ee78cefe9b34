using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Brings a file from whatever state the last owner left it in to one that the store can work on.</summary>
internal static class StoreOpening
{
    private const int Interrupted = 9;

    /// <exception cref="StoreException">The file is damaged, foreign or too new.</exception>
    internal static StoreRecovery Prepare(SqliteDatabase database, SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        SqliteSchema.Migrate(database);
        var wasClean = Read(database, "clean") == 1;
        if (!wasClean) Check(database, options.IntegrityCheckBudget, time, logger);
        return database.InTransaction(() =>
        {
            if (!wasClean) ActivityTable.CountFirstAttempts(database);
            database.Execute("UPDATE meta SET value = value + 1 WHERE name = 'boot_epoch'");
            database.Execute("UPDATE meta SET value = 0 WHERE name = 'clean'");
            return new StoreRecovery(Read(database, "boot_epoch"), wasClean, LastMessage(database));
        });
    }

    internal static void MarkClean(SqliteDatabase database) => database.Execute("UPDATE meta SET value = 1 WHERE name = 'clean'");

    private static long LastMessage(SqliteDatabase database) => database.QueryFirst(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'inbox'), 0), coalesce((SELECT max(sequence) FROM dead_letter), 0))",
        row => row.GetInt64(0));

    private static long Read(SqliteDatabase database, string name) =>
        database.QueryFirst("SELECT value FROM meta WHERE name = ?", row => row.GetInt64(0), name);

    private static void Check(SqliteDatabase database, TimeSpan budget, TimeProvider time, ILogger logger)
    {
        if (budget <= TimeSpan.Zero) return;
        using var limit = time.CreateTimer(_ => database.Interrupt(), null, budget, Timeout.InfiniteTimeSpan);
        try
        {
            var problems = database.Query("PRAGMA quick_check(10)", row => row.GetString(0));
            if (problems is not ["ok"])
                throw new StoreException($"The database {database.Path} is damaged: {string.Join("; ", problems)}. Restore it from a backup.");
        }
        catch (SqliteException failure) when (failure.Code == Interrupted)
        {
            logger.LogWarning("The last stop was not clean, and checking {Path} took longer than {Budget}; the store opens without a full check.", database.Path, budget);
        }
    }
}
