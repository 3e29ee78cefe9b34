using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Puts the embedded engine on SQLite.</summary>
public static class SqliteDurableTaskWorkerBuilderExtensions
{
    /// <summary>Runs the engine within this process and keeps its orchestrations in one SQLite file.</summary>
    /// <param name="builder">The worker's builder.</param>
    /// <param name="path">The file; it and its folder are created when missing.</param>
    public static IDurableTaskWorkerBuilder UseSqlite(this IDurableTaskWorkerBuilder builder, string path) =>
        builder.UseSqlite(options => options.Path = path);

    /// <inheritdoc cref="UseSqlite(IDurableTaskWorkerBuilder, string)"/>
    /// <param name="builder">The worker's builder.</param>
    /// <param name="configure">Sets at least <see cref="SqliteStoreOptions.Path"/>.</param>
    public static IDurableTaskWorkerBuilder UseSqlite(this IDurableTaskWorkerBuilder builder, Action<SqliteStoreOptions> configure)
    {
        var options = new SqliteStoreOptions();
        configure(options);
        builder.Services.AddSingleton<IOrchestrationStore>(services => new SqliteOrchestrationStore(
            options,
            services.GetService<TimeProvider>(),
            services.GetService<ILogger<SqliteOrchestrationStore>>()));
        return builder.UseEmbedded();
    }
}
