using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

/// <summary>What callers see when the disk or another connection is in the way.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly UnitWriter units;
    private readonly SqliteWriter writer;

    public StoreFaultTests()
    {
        database = SqliteDatabase.Open(folder.Database, new SqliteOpenOptions { BusyTimeout = TimeSpan.Zero });
        SqliteSchema.Migrate(database);
        units = new UnitWriter(database);
        writer = new SqliteWriter(database);
    }

    public void Dispose()
    {
        writer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task DiskFull_DuringATurn_FailsItAndKeepsTheStateBefore()
    {
        await CommitAsync(Creation("a"));
        // The same refusal that a full disk gives, without having to fill one.
        await writer.RunAsync(connection => connection.ExecuteScript("PRAGMA max_page_count = 1"));

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(Turn("a", new string('x', 200_000))));

        Assert.Contains("instance 'a'", error.Message, StringComparison.Ordinal);
        Assert.Equal(13, Assert.IsType<SqliteException>(error.InnerException).Code);
        Assert.Equal(0, await LastSequenceAsync("a"));

        await writer.RunAsync(connection => connection.ExecuteScript("PRAGMA max_page_count = 100000"));
        await CommitAsync(Turn("a", new string('x', 200_000)));
        Assert.Equal(1, await LastSequenceAsync("a"));
    }

    [Fact]
    public async Task UnitThatBreaksARule_InAGroup_FailsAlone()
    {
        await CommitAsync(Creation("a"));
        await CommitAsync(Creation("b"));
        using var held = new HeldWriter(writer);
        var good = CommitAsync(Turn("a", "h"));
        var bad = CommitAsync(new StoreUnit { Messages = [Message("b"), Message("b")] });
        var late = CommitAsync(Turn("b", "h"));
        await held.ReleaseAsync();

        Assert.Equal(CommitOutcome.Committed, (await good).Outcome);
        var error = await Assert.ThrowsAsync<StoreException>(() => bad);
        Assert.Contains("UNIQUE constraint failed: inbox.sequence", error.Message, StringComparison.Ordinal);
        Assert.Equal(CommitOutcome.Committed, (await late).Outcome);
    }

    [Fact]
    public async Task Busy_BecauseAnotherConnectionWrites_FailsAndWorksAgainAfterwards()
    {
        using var other = SqliteDatabase.Open(folder.Database);
        other.Execute("BEGIN IMMEDIATE");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(Creation("a")));

        Assert.True(Assert.IsType<SqliteException>(error.InnerException).IsBusy);
        other.Execute("ROLLBACK");
        await CommitAsync(Creation("a"));
        Assert.Equal(0, await LastSequenceAsync("a"));
    }

    [Fact]
    public async Task RowsOfAnUnknownInstance_AreRefused()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => CommitAsync(new StoreUnit { NewTimers = [new TimerRow("nobody", "e", 1, DateTime.UnixEpoch)] }));

        Assert.Contains("'nobody', which does not exist", error.Message, StringComparison.Ordinal);
    }

    private Task<CommitResult> CommitAsync(StoreUnit unit)
    {
        var commit = new CommitUnit(unit, units);
        writer.Enqueue(commit);
        return commit.Task;
    }

    private Task<long> LastSequenceAsync(string id) => writer.RunAsync(connection => InstanceTable.Find(connection, id)!.Value.LastSequence);

    private static StoreMessage Message(string id) => new() { Sequence = 1, InstanceId = id, Payload = Encoding.UTF8.GetBytes("{}") };

    private static StoreUnit Creation(string id) => new()
    {
        Creations =
        [
            new InstanceCreation
            {
                Instance = new InstanceRow { InstanceId = id, Name = "O", ExecutionId = "e", CreatedAt = DateTime.UnixEpoch, UpdatedAt = DateTime.UnixEpoch },
                ForbiddenStatuses = [],
            },
        ],
    };

    private static StoreUnit Turn(string id, string events) => new()
    {
        Update = new InstanceUpdate
        {
            InstanceId = id,
            ExpectedExecutionId = "e",
            ExpectedSequence = 0,
            LastSequence = 1,
            Status = OrchestrationRuntimeStatus.Running,
            UpdatedAt = DateTime.UnixEpoch,
        },
        History = new HistoryBatch(id, "e", 1, 1, Encoding.UTF8.GetBytes(events)),
    };
}
