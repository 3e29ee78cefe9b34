using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Bench;

/// <summary>The engine as a service hosts it: worker and client in one process, on one SQLite file with full synchronisation.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly IHost host;

    private Engine(IHost host)
    {
        this.host = host;
        Client = host.Services.GetRequiredService<DurableTaskClient>();
    }

    public DurableTaskClient Client { get; }

    public static async Task<Engine> StartAsync(string path, Action<DurableTaskRegistry> tasks)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDurableTaskWorker(worker => worker.AddTasks(tasks).UseSqlite(store =>
        {
            store.Path = path;
            store.Synchronous = SqliteSynchronous.Full;
        }));
        builder.Services.AddDurableTaskClient(client => client.UseEmbedded());
        var host = builder.Build();
        await host.StartAsync();
        return new Engine(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
