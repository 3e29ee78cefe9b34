using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

/// <summary>The engine on SQLite, killed again and again in the middle of its work.</summary>
public sealed class EngineCrashTests : IDisposable
{
    private const int Rounds = 5;
    private const int EventsPerRound = 100_000;
    private const int Seed = 20260103;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_KilledAtRandomPoints_EndsEverythingWithEachEffectOnce()
    {
        var random = new Random(Seed);
        var raised = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            using var child = ChildProcess.Start(OrchestrationProgram.Name, folder.Database, (round * EventsPerRound).ToString(CultureInfo.InvariantCulture));
            for (var left = random.Next(1, 120); left > 0; left--) Note(await child.ReadLineAsync(Token), raised);
            foreach (var line in await child.KillAsync(Token)) Note(line, raised);
        }

        using var host = OrchestrationProgram.Build(folder.Database);
        await host.StartAsync(Token);
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await OrchestrationProgram.StartMissingAsync(client);
        await OrchestrationProgram.FinishAsync(client);

        for (var pair = 0; pair < OrchestrationProgram.Pairs; pair++)
        {
            await OutputAsync<int>(client, OrchestrationProgram.Sender(pair));
            var received = await OutputAsync<List<int>>(client, OrchestrationProgram.Receiver(pair));
            Assert.Equal(Enumerable.Range(1, OrchestrationProgram.Messages), received);
        }

        var collected = await OutputAsync<List<int>>(client, OrchestrationProgram.Collector);
        // An event whose raising was cut off may be there or not; one that was reported must be, and none twice.
        Assert.Empty(raised.Except(collected));
        Assert.Equal(collected.Distinct().Order(), collected);
        await host.StopAsync(Token);
    }

    private static void Note(string? line, List<int> raised)
    {
        if (line!.Split(' ') is ["raised", var number]) raised.Add(int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static async Task<T> OutputAsync<T>(DurableTaskClient client, string id)
    {
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token).WaitAsync(Patience, Token);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        return ended.ReadOutputAs<T>()!;
    }
}
