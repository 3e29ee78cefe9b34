using System.Globalization;
using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

/// <summary>
/// Runs turns of several instances until it is killed, and goes on where a killed one stopped. Each turn adds a history
/// batch, replaces the open activity and the timer, consumes the inbox and sends one message to the next instance; each
/// is reported once it is durable.
/// </summary>
internal static class TurningProgram
{
    internal const string Name = "turn";
    internal const int Instances = 12;

    internal static async Task RunAsync(string path)
    {
        await using var store = new SqliteOrchestrationStore(new SqliteStoreOptions { Path = path });
        var recovery = await store.OpenAsync(CancellationToken.None);
        var lastMessage = recovery.LastMessageSequence;
        var output = TextWriter.Synchronized(Console.Out);

        for (var n = 0; n < Instances; n++)
            await store.CommitAsync(new StoreUnit { Creations = [new InstanceCreation { Instance = First(n), ForbiddenStatuses = Enum.GetValues<OrchestrationRuntimeStatus>() }] });
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(RunInstanceAsync));

        async Task RunInstanceAsync(int n)
        {
            while (true)
            {
                var row = (await store.GetInstanceAsync(Id(n), CancellationToken.None))!;
                var inbox = await store.LoadInboxAsync(Id(n), CancellationToken.None);
                var result = await store.CommitAsync(Turn(n, row, inbox, Interlocked.Increment(ref lastMessage)));
                if (result.Outcome != CommitOutcome.Committed) throw new InvalidOperationException($"{Id(n)}: {result.Outcome}");
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{n} {row.LastSequence + 1}"));
                await output.FlushAsync();
            }
        }
    }

    internal static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"i{n:00}");

    internal static DateTime Due(long turn) => DateTime.UnixEpoch.AddSeconds(turn);

    private static InstanceRow First(int n) =>
        new() { InstanceId = Id(n), Name = "T", ExecutionId = "e", CreatedAt = DateTime.UnixEpoch, UpdatedAt = DateTime.UnixEpoch };

    private static StoreUnit Turn(int n, InstanceRow row, IReadOnlyList<StoreMessage> inbox, long message)
    {
        var (before, now) = (row.LastSequence, row.LastSequence + 1);
        var consumed = string.Join(',', inbox.Select(received => Encoding.UTF8.GetString(received.Payload.Span)));
        // Every seventh turn is large enough to have its payload apart.
        if (now % 7 == 0) consumed += "," + new string('x', 70_000);
        return new StoreUnit
        {
            Update = new InstanceUpdate
            {
                InstanceId = Id(n),
                ExpectedExecutionId = "e",
                ExpectedSequence = before,
                LastSequence = now,
                Status = OrchestrationRuntimeStatus.Running,
                UpdatedAt = DateTime.UnixEpoch,
            },
            History = new HistoryBatch(Id(n), "e", now, 1, Encoding.UTF8.GetBytes(consumed)),
            ConsumedMessages = [.. inbox.Select(received => received.Sequence)],
            RemovedActivities = [new ActivityKey(Id(n), "e", (int)before)],
            NewActivities = [new ActivityRow { Key = new ActivityKey(Id(n), "e", (int)now), Name = "A" }],
            RemovedTimers = [new TimerRow(Id(n), "e", (int)before, Due(before))],
            NewTimers = [new TimerRow(Id(n), "e", (int)now, Due(now))],
            Messages = [new StoreMessage { Sequence = message, InstanceId = Id((n + 1) % Instances), Payload = Encoding.UTF8.GetBytes($"{Id(n)}:{now}") }],
        };
    }
}
