using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// The one writing connection of a file, on a thread of its own. Whatever has queued up while the last transaction was
/// on its way to the disk goes into the next one, so that many callers share one wait for the disk and a lone caller
/// waits for nobody. Any thread may enqueue; units are applied in the order in which they were enqueued.
/// </summary>
public sealed class SqliteWriter : IDisposable
{
    /// <summary>The most units in one transaction.</summary>
    public const int MaxUnits = 1024;

    /// <summary>The most bytes in one transaction, by the units' own estimate; a larger unit goes alone.</summary>
    public const int MaxBytes = 4 << 20;

    private readonly SqliteDatabase database;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly Lock disposal = new();
    private readonly object gate = new();
    private readonly Queue<SqliteWriteUnit> queue = new();
    private readonly List<SqliteWriteUnit> batch = new(MaxUnits);
    private bool isWaiting;
    private bool stopping;
    private bool stopped;

    /// <summary>Starts the thread. The writer owns the connection from now on and closes it when it is disposed.</summary>
    /// <param name="database">A connection opened for writing that nothing else uses.</param>
    /// <param name="name">What the thread is called, for debuggers and dumps.</param>
    /// <param name="logger">Receives failed transactions.</param>
    public SqliteWriter(SqliteDatabase database, string name = "sqlite-writer", ILogger? logger = null)
    {
        this.database = database;
        this.logger = logger ?? NullLogger.Instance;
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>The number of transactions committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>The number of units made durable so far; divided by <see cref="Commits"/> it is the mean size of a group.</summary>
    public long Units { get; private set; }

    /// <summary>Hands a unit over; its <see cref="SqliteWriteUnit.Completed"/> or <see cref="SqliteWriteUnit.Failed"/> follows.</summary>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Enqueue(SqliteWriteUnit unit)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            queue.Enqueue(unit);
            if (isWaiting) Monitor.Pulse(gate);
        }
    }

    /// <summary>Runs the work in a transaction and ends when it is on the disk.</summary>
    /// <param name="work">Writes on the given connection; may run twice, see <see cref="SqliteWriteUnit.Apply"/>.</param>
    /// <param name="bytes">The rough amount of data written.</param>
    public Task<T> RunAsync<T>(Func<SqliteDatabase, T> work, int bytes = 0)
    {
        var unit = new DelegateUnit<T>(work, bytes);
        Enqueue(unit);
        return unit.Task;
    }

    /// <inheritdoc cref="RunAsync{T}(Func{SqliteDatabase, T}, int)"/>
    public Task RunAsync(Action<SqliteDatabase> work, int bytes = 0) => RunAsync(
        connection =>
        {
            work(connection);
            return true;
        },
        bytes);

    /// <summary>Refuses new units, writes what is queued, closes the connection and ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        lock (disposal)
        {
            if (stopped) return;
            stopped = true;
            database.Dispose();
        }
    }

    private void Run()
    {
        while (Take()) Write();
    }

    /// <summary>Waits for work and moves as much of it as one transaction may hold into the batch.</summary>
    private bool Take()
    {
        lock (gate)
        {
            while (queue.Count == 0)
            {
                if (stopping) return false;
                isWaiting = true;
                Monitor.Wait(gate);
                isWaiting = false;
            }

            long bytes = 0;
            while (batch.Count < MaxUnits && queue.TryPeek(out var next))
            {
                bytes += next.Bytes;
                if (bytes > MaxBytes && batch.Count > 0) break;
                batch.Add(queue.Dequeue());
            }

            return true;
        }
    }

    private void Write()
    {
        if (TryCommit(batch, out var error))
        {
            foreach (var unit in batch) unit.Completed();
        }
        else if (batch.Count == 1)
        {
            batch[0].Failed(error!);
        }
        else
        {
            logger.LogWarning(error, "A transaction of {Units} units on {Path} failed; each is tried alone.", batch.Count, database.Path);
            foreach (var unit in batch) WriteAlone(unit);
        }

        batch.Clear();
    }

    private void WriteAlone(SqliteWriteUnit unit)
    {
        if (TryCommit([unit], out var error)) unit.Completed();
        else unit.Failed(error!);
    }

    private bool TryCommit(List<SqliteWriteUnit> units, out Exception? error)
    {
        try
        {
            database.Execute("BEGIN IMMEDIATE");
            foreach (var unit in units) unit.Apply(database);
            database.Execute("COMMIT");
            Commits++;
            Units += units.Count;
            error = null;
            return true;
        }
        catch (Exception failure)
        {
            error = failure;
            Undo();
            return false;
        }
    }

    private void Undo()
    {
        try
        {
            database.RollbackIfOpen();
        }
        catch (SqliteException failure)
        {
            logger.LogError(failure, "A failed transaction on {Path} could not be undone; the next one will report it again.", database.Path);
        }
    }
}
