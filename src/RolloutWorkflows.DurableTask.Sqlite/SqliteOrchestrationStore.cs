using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Keeps orchestrations in one SQLite file. All writing goes through one connection whose thread commits in groups;
/// reading has connections of its own. Nothing runs while nothing happens.
/// </summary>
public sealed class SqliteOrchestrationStore : IOrchestrationStore
{
    private readonly SqliteStoreOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private DatabaseLock? fileLock;
    private SqliteWriter? writer;
    private UnitWriter? units;
    private ReaderPool? readers;

    /// <param name="options">Where the file lies, and how it is used.</param>
    /// <param name="time">The clock for the owner's note and the integrity check's budget.</param>
    /// <param name="logger">Receives warnings about the file.</param>
    public SqliteOrchestrationStore(SqliteStoreOptions options, TimeProvider? time = null, ILogger<SqliteOrchestrationStore>? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Path, "options.Path");
        this.options = options;
        this.time = time ?? TimeProvider.System;
        this.logger = logger ?? (ILogger)NullLogger.Instance;
        Path = System.IO.Path.GetFullPath(options.Path);
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Transactions and units made durable since opening.</summary>
    public (long Commits, long Units) Written => writer is { } open ? (open.Commits, open.Units) : (0, 0);

    private ReaderPool Readers => readers ?? throw NotOpen();

    /// <inheritdoc/>
    public Task<StoreRecovery> OpenAsync(CancellationToken cancellation)
    {
        if (writer is not null) throw new StoreException($"The store on {Path} is open already.");
        try
        {
            SqliteLibrary.Load(options.LibraryPath, logger);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            fileLock = DatabaseLock.Take(Path, time);
            return Task.FromResult(OpenLocked());
        }
        catch (Exception failure)
        {
            fileLock?.Dispose();
            fileLock = null;
            if (failure is StoreException) throw;
            throw new StoreException($"The store cannot be opened on {Path}: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(StoreUnit unit)
    {
        if (writer is null) throw NotOpen();
        var commit = new CommitUnit(unit, units!);
        try
        {
            writer.Enqueue(commit);
        }
        catch (ObjectDisposedException failure)
        {
            throw new StoreException($"The store on {Path} is closed; the change was not stored.", failure);
        }

        return commit.Task;
    }

    /// <inheritdoc/>
    public Task<InstanceRow?> GetInstanceAsync(string instanceId, CancellationToken cancellation) =>
        Read(database => InstanceReader.Find(database, instanceId), cancellation);

    /// <inheritdoc/>
    public Task<InstancePage> QueryInstancesAsync(InstanceQuery query, CancellationToken cancellation) =>
        Read(database => InstancePageQuery.Read(database, query), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryBatch>> LoadHistoryAsync(string instanceId, string executionId, CancellationToken cancellation) =>
        Read(database => HistoryTable.Load(database, instanceId, executionId), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreMessage>> LoadInboxAsync(string instanceId, CancellationToken cancellation) =>
        Read(database => InboxTable.Load(database, instanceId), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> LoadRunnableInstancesAsync(DateTime now, CancellationToken cancellation) =>
        Read(database => RunnableQuery.Load(database, now), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TimerRow>> LoadTimersAsync(DateTime after, DateTime until, CancellationToken cancellation) =>
        Read(database => TimerTable.Load(database, after, until), cancellation);

    /// <inheritdoc/>
    public Task<DateTime?> GetNextTimerAsync(DateTime after, CancellationToken cancellation) =>
        Read(database => TimerTable.Next(database, after), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ActivityRow>> LoadActivitiesAsync(CancellationToken cancellation) =>
        Read(ActivityTable.Load, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> LoadDeadLettersAsync(int limit, CancellationToken cancellation) =>
        Read(database => DeadLetterTable.Load(database, limit), cancellation);

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (writer is null) return;
        await writer.RunAsync(StoreOpening.MarkClean);
        await DisposeAsync();
    }

    /// <summary>Lets go of the file. Without <see cref="CloseAsync"/> before it, the next owner finds a stop that was not clean.</summary>
    public ValueTask DisposeAsync()
    {
        readers?.Dispose();
        writer?.Dispose();
        fileLock?.Dispose();
        (readers, writer, fileLock) = (null, null, null);
        return ValueTask.CompletedTask;
    }

    private StoreRecovery OpenLocked()
    {
        var database = SqliteDatabase.Open(Path, new SqliteOpenOptions
        {
            Synchronous = options.Synchronous,
            BusyTimeout = options.BusyTimeout,
            CacheKib = options.CacheKib,
            AutoCheckpointPages = options.CheckpointPages,
        });
        try
        {
            var recovery = StoreOpening.Prepare(database, options, time, logger);
            units = new UnitWriter(database);
            readers = new ReaderPool(Path, options.Readers);
            writer = new SqliteWriter(database, "orchestration-store", logger);
            return recovery;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private Task<T> Read<T>(Func<SqliteDatabase, T> query, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(Readers.Read(query, cancellation));
        }
        catch (Exception failure) when (failure is SqliteException or ObjectDisposedException or InvalidDataException)
        {
            return Task.FromException<T>(StoreFailure.From($"The store on {Path} could not be read", failure));
        }
    }

    private StoreException NotOpen() => new($"The store on {Path} is not open; call {nameof(OpenAsync)} first.");
}
