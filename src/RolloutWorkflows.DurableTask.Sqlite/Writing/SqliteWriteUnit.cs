namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>
/// Work that becomes durable as a whole or not at all. A <see cref="SqliteWriter"/> calls <see cref="Apply"/> inside a
/// transaction that it may share with other units, then exactly one of <see cref="Completed"/> and <see cref="Failed"/>.
/// All three run on the writer's thread: they must be quick and must not wait for other units.
/// </summary>
public abstract class SqliteWriteUnit
{
    /// <summary>The rough amount of data written, in bytes; it bounds how much one transaction takes.</summary>
    public virtual int Bytes => 0;

    /// <summary>
    /// Writes. May be called a second time when the transaction was undone because of another unit, so it must depend on
    /// nothing but the database and the unit's own input.
    /// </summary>
    /// <param name="database">The writer's connection, with a transaction open; the unit neither commits nor rolls back.</param>
    public abstract void Apply(SqliteDatabase database);

    /// <summary>The transaction is on the disk.</summary>
    public abstract void Completed();

    /// <summary>Nothing of the unit was written.</summary>
    public abstract void Failed(Exception error);
}
