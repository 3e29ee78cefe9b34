using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;

/// <summary>
/// Runs orchestrations on a file until it is killed, and goes on where a killed one stopped: pairs of a sender and a
/// receiver, and a collector to which the program itself raises events. Each event that the client reported as raised,
/// and each activity that ran, is a line of output.
/// </summary>
internal static class OrchestrationProgram
{
    internal const string Name = "orchestrate";
    internal const int Pairs = 10;
    internal const int Messages = 12;
    internal const string Collector = "collector";
    internal const int LastEvent = -1;

    private const string EventName = "number";

    /// <summary>Where the child reports to; the test itself, when it runs the orchestrations to their end, reports to nobody.</summary>
    private static TextWriter output = TextWriter.Null;

    internal static string Sender(int pair) => string.Create(CultureInfo.InvariantCulture, $"sender-{pair:00}");

    internal static string Receiver(int pair) => string.Create(CultureInfo.InvariantCulture, $"receiver-{pair:00}");

    internal static IHost Build(string path)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDurableTaskWorker(worker => worker.AddTasks(Register).UseSqlite(path));
        builder.Services.AddDurableTaskClient(client => client.UseEmbedded());
        return builder.Build();
    }

    /// <param name="path">The database.</param>
    /// <param name="firstEvent">Numbers from here on are raised to the collector, so that no two lives raise the same one.</param>
    internal static async Task RunAsync(string path, int firstEvent)
    {
        output = TextWriter.Synchronized(Console.Out);
        using var host = Build(path);
        await host.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await StartMissingAsync(client);
        for (var number = firstEvent; ; number++)
        {
            await client.RaiseEventAsync(Collector, EventName, number);
            await ReportAsync($"raised {number}");
        }
    }

    /// <summary>Starts what an earlier life did not get to start.</summary>
    internal static async Task StartMissingAsync(DurableTaskClient client)
    {
        await StartAsync(client, nameof(Collecting), Collector, null);
        for (var pair = 0; pair < Pairs; pair++)
        {
            await StartAsync(client, nameof(Receiving), Receiver(pair), null);
            await StartAsync(client, nameof(Sending), Sender(pair), Receiver(pair));
        }
    }

    internal static Task FinishAsync(DurableTaskClient client) => client.RaiseEventAsync(Collector, EventName, LastEvent);

    private static async Task StartAsync(DurableTaskClient client, string name, string id, object? input)
    {
        if (await client.GetInstanceAsync(id) is null)
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
    }

    private static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string, int>(nameof(Sending), Sending);
        tasks.AddOrchestratorFunc<object, List<int>>(nameof(Receiving), (context, _) => Receiving(context));
        tasks.AddOrchestratorFunc<object, List<int>>(nameof(Collecting), (context, _) => Collecting(context));
        tasks.AddActivityFunc<int, int>("Echo", async (_, number) =>
        {
            await ReportAsync($"ran {number}");
            return number;
        });
    }

    private static async Task<int> Sending(TaskOrchestrationContext context, string receiver)
    {
        for (var number = 1; number <= Messages; number++)
            context.SendEvent(receiver, EventName, await context.CallActivityAsync<int>("Echo", number));
        return Messages;
    }

    private static async Task<List<int>> Receiving(TaskOrchestrationContext context)
    {
        var received = new List<int>();
        while (received.Count < Messages)
        {
            var number = await context.WaitForExternalEvent<int>(EventName);
            received.Add(await context.CallActivityAsync<int>("Echo", number));
        }

        return received;
    }

    private static async Task<List<int>> Collecting(TaskOrchestrationContext context)
    {
        var received = new List<int>();
        while (true)
        {
            var number = await context.WaitForExternalEvent<int>(EventName);
            if (number == LastEvent) return received;
            received.Add(number);
        }
    }

    private static async Task ReportAsync(string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
