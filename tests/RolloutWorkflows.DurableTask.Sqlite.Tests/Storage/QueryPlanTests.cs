using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

/// <summary>
/// Starting and running cost the same however many instances wait, because no statement reads through the instances,
/// the histories or the timers.
/// </summary>
public sealed class QueryPlanTests : IDisposable
{
    private static readonly string[] ShortTables = ["activity", "inbox", "SUBQUERY", "sqlite_master"];
    private static readonly InstanceCursor AfterA = new(DateTime.UnixEpoch, "a");

    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;

    public QueryPlanTests()
    {
        database = SqliteDatabase.Open(folder.Database);
        SqliteSchema.Migrate(database);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Statements_OfOpeningAndReading_SeekByIndex()
    {
        RunnableQuery.Load(database, DateTime.UnixEpoch);
        TimerTable.Load(database, DateTime.MinValue, DateTime.UnixEpoch);
        TimerTable.Next(database, DateTime.UnixEpoch);
        HistoryTable.Load(database, "a", "e");
        InboxTable.Load(database, "a");
        InboxTable.Delete(database, 1);
        InstanceTable.Find(database, "a");
        InstanceTable.Delete(database, 1);
        ActivityTable.Load(database);
        InstancePageQuery.Read(database, new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Running], After = AfterA });
        InstancePageQuery.Read(database, new InstanceQuery { After = AfterA });
        InstancePageQuery.Read(database, new InstanceQuery { ParentInstanceId = "p" });

        var statements = database.PreparedSql.Where(sql => !sql.StartsWith("PRAGMA", StringComparison.Ordinal)).ToArray();
        Assert.True(statements.Length > 10, "The statements of the store are expected in the connection's cache.");
        Assert.Empty(statements.SelectMany(sql => Plan(sql).Where(IsLongScan).Select(step => $"{step}: {sql}")));
    }

    [Fact]
    public void Listing_InOrder_NeedsNoSorting()
    {
        InstancePageQuery.Read(database, new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Running], After = AfterA });
        InstancePageQuery.Read(database, new InstanceQuery { After = AfterA });

        Assert.All(
            database.PreparedSql.Where(sql => sql.Contains("ORDER BY created", StringComparison.Ordinal)),
            sql => Assert.DoesNotContain(Plan(sql), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)));
    }

    /// <summary>The inbox and the open activities hold only what is to be done now, the master table the schema.</summary>
    private static bool IsLongScan(string step) =>
        step.StartsWith("SCAN", StringComparison.Ordinal) && !ShortTables.Any(table => step.Contains(table, StringComparison.Ordinal));

    private string[] Plan(string sql)
    {
        using var statement = database.Prepare("EXPLAIN QUERY PLAN " + sql);
        var steps = new List<string>();
        while (statement.Step()) steps.Add(statement.GetString(3));
        return [.. steps];
    }
}
