using System.Globalization;
using System.Text;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

public sealed class StoreCrashTests : IDisposable
{
    private const int Rounds = 6;
    private const int Seed = 20260102;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_HeldByAnotherProcess_IsRefusedWithItsPidUntilItDies()
    {
        using var holder = ChildProcess.Start(HoldingProgram.Name, folder.Database);
        Assert.Equal("open", await holder.ReadLineAsync(Token));

        await using (var second = Open())
        {
            var error = await Assert.ThrowsAsync<DatabaseInUseException>(() => second.OpenAsync(Token));
            Assert.Equal(holder.Id, error.HolderPid);
            Assert.Contains($"process {holder.Id}", error.Message, StringComparison.Ordinal);
        }

        await holder.KillAsync(Token);

        await using var heir = Open();
        Assert.False((await heir.OpenAsync(Token)).LastStopWasClean);
    }

    [Fact]
    public async Task Store_KilledAtRandomCommits_KeepsEveryReportedTurnWhole()
    {
        var random = new Random(Seed);
        var reported = new long[TurningProgram.Instances];
        for (var round = 0; round < Rounds; round++)
        {
            using var child = ChildProcess.Start(TurningProgram.Name, folder.Database);
            for (var left = random.Next(1, 400); left > 0; left--) Note(await child.ReadLineAsync(Token), reported);
            foreach (var line in await child.KillAsync(Token)) Note(line, reported);

            await using var store = Open();
            await store.OpenAsync(Token);
            await VerifyAsync(store, reported);
        }
    }

    private SqliteOrchestrationStore Open() => new(new SqliteStoreOptions { Path = folder.Database });

    private static void Note(string? line, long[] reported)
    {
        var parts = line!.Split(' ');
        var n = int.Parse(parts[0], CultureInfo.InvariantCulture);
        reported[n] = Math.Max(reported[n], long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static async Task VerifyAsync(SqliteOrchestrationStore store, long[] reported)
    {
        var turns = new long[TurningProgram.Instances];
        var received = new List<string>();
        for (var n = 0; n < TurningProgram.Instances; n++)
        {
            var id = TurningProgram.Id(n);
            turns[n] = (await store.GetInstanceAsync(id, Token))!.LastSequence;
            // At most the turn that was on its way when the process died may be there without its report.
            Assert.InRange(turns[n], reported[n], reported[n] + 1);

            var history = await store.LoadHistoryAsync(id, "e", Token);
            Assert.Equal(Enumerable.Range(1, (int)turns[n]).Select(sequence => (long)sequence), history.Select(batch => batch.Sequence));
            foreach (var batch in history) received.AddRange(Messages(Encoding.UTF8.GetString(batch.Events.Span)));
            foreach (var message in await store.LoadInboxAsync(id, Token)) received.Add(Encoding.UTF8.GetString(message.Payload.Span));
            reported[n] = turns[n];
        }

        var working = Enumerable.Range(0, TurningProgram.Instances).Where(n => turns[n] > 0).ToArray();
        Assert.Equal(
            working.Select(n => new ActivityKey(TurningProgram.Id(n), "e", (int)turns[n])),
            (await store.LoadActivitiesAsync(Token)).Select(activity => activity.Key).OrderBy(key => key.InstanceId, StringComparer.Ordinal));
        Assert.Equal(
            working.Select(n => new TimerRow(TurningProgram.Id(n), "e", (int)turns[n], TurningProgram.Due(turns[n]))),
            (await store.LoadTimersAsync(DateTime.MinValue, DateTime.MaxValue, Token)).OrderBy(timer => timer.InstanceId, StringComparer.Ordinal));

        var sent = working.SelectMany(n => Enumerable.Range(1, (int)turns[n]).Select(turn => $"{TurningProgram.Id(n)}:{turn}"));
        Assert.Equal(sent.Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Messages(string events) =>
        events.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Contains(':', StringComparison.Ordinal));
}
