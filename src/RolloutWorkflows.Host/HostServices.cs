using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Converters;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>What the server is made of.</summary>
internal static class HostServices
{
    public static IServiceCollection AddRolloutServer(this IServiceCollection services, HostConfiguration configuration, HostLocations locations) => services
        .AddStores(locations)
        .AddEngine(configuration.DurableTask, locations)
        .AddSources(configuration, locations)
        .AddRolloutActivities()
        .AddKeys(locations)
        .AddSingleton<StartReport>()
        .AddSingleton<PlaybookCatalog>()
        .AddSingleton<PeopleDirectory>()
        .AddSingleton<HolidayDirectory>()
        .AddSingleton<StartLeases>()
        .AddSingleton<LeasedFlags>()
        .AddSingleton<ChannelWarnings>()
        .AddSingleton<RolloutStarter>()
        .AddSingleton<SqliteStartKeys>()
        .AddSingleton<SqliteRehearsals>()
        .AddSingleton<KeyedStarts>()
        .AddSingleton<RunReader>()
        .AddSingleton<CommandSender>()
        .AddSingleton<DocumentIntake>()
        .AddSingleton<ChannelCommands>()
        .AddSingleton<IChannelCommands>(provider => provider.GetRequiredService<ChannelCommands>())
        .AddSingleton<IRunViews, RunViews>()
        .AddSingleton<ILaneInstances, LaneInstances>()
        .AddHostedService<OutboxStart>()
        .AddSingleton<OutboxChanges>()
        .AddSingleton<IProtectionRules, ProtectionRules>()
        .AddSingleton<EveryRun>()
        .AddSingleton<RollbackPreviewer>()
        .AddSingleton<EarlierRuns>()
        .AddSingleton<Superseding>()
        .AddSingleton<Doctor>()
        .AddSingleton<InstanceReader>()
        .AddSlackIntake()
        .AddGitHubIntake()
        .AddTriggers()
        .AddDescription();

    private static IServiceCollection AddKeys(this IServiceCollection services, HostLocations locations) => services
        .AddSingleton(provider => KeyFile.Of(locations, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<KeyRing>()
        .AddSingleton<FailedKeys>();

    private static IServiceCollection AddStores(this IServiceCollection services, HostLocations locations) => services
        .AddSingleton(provider => new RolloutDatabase(locations.RolloutsFile, provider.GetRequiredService<ILogger<RolloutDatabase>>()))
        .AddSingleton<IFlagStore, SqliteFlagStore>()
        .AddSingleton<IEffectJournal, SqliteEffectJournal>()
        .AddSingleton<IMeasurementStore, SqliteMeasurementStore>()
        .AddSingleton<IRunLog, SqliteRunLog>()
        .AddSingleton<IRunDocuments, SqliteRunDocuments>()
        .AddSingleton<ILeases, SqliteLeases>()
        .AddSingleton<IRunLives, InstanceRunLives>()
        .AddSingleton<IOutbox, SqliteOutbox>()
        .AddSingleton<IEvidenceStore, SqliteEvidenceStore>()
        .AddSingleton<IChannelMemories, SqliteChannelMemories>();

    /// <summary>What the configuration says of the world outside, for the activities.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services, HostConfiguration configuration, HostLocations locations) => services
        .AddSources(configuration.Rollout, locations)
        .AddSingleton(new SecretOptions { Secrets = configuration.Rollout.Secrets, Environment = configuration.Setting });

    private static IServiceCollection AddSources(this IServiceCollection services, RolloutSettings settings, HostLocations locations) => services
        .AddSingleton(new MetricSourceOptions
        {
            Json = settings.MetricSources.Where(source => source.Value.Provider == MetricProvider.Json).ToDictionary(
                source => source.Key,
                source => new JsonHttpSource { Url = source.Value.Address, Timeout = source.Value.Timeout, Headers = source.Value.Headers, Credentials = source.Value.Credentials }),
            Prometheus = settings.MetricSources.Where(source => source.Value.Provider == MetricProvider.Prometheus).ToDictionary(
                source => source.Key,
                source => new PrometheusHttpSource { Url = source.Value.Address, Timeout = source.Value.Timeout, Headers = source.Value.Headers, Credentials = source.Value.Credentials }),
        })
        .AddSingleton(settings.Slack)
        .AddSingleton(settings.Evidence)
        .AddSingleton(settings.GitHub)
        .AddSingleton(new Grants(settings.Grants))
        .AddSingleton(settings.ProtectionRules)
        .AddSingleton(new PlaybookFileOptions { Root = settings.Files is { } folder ? Path.GetFullPath(folder, locations.Root) : null })
        .AddSingleton(new SignerOptions { Files = settings.Signers })
        .AddSingleton(new CommandOptions { Commands = settings.Commands, Root = locations.Root, Folder = Path.Combine(locations.Data, "commands") })
        .AddSingleton(new SnapshotOptions { Targets = settings.Snapshots })
        .AddSingleton(new AnnouncementOptions { Webhooks = settings.Webhooks.ToDictionary(webhook => webhook.Key, webhook => webhook.Value.Url) });

    private static IServiceCollection AddEngine(this IServiceCollection services, DurableTaskSettings settings, HostLocations locations)
    {
        services.AddSingleton<DataConverter>(new JsonDataConverter(StorageJson.Options));
        services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(registry => registry.AddRolloutOrchestrations().AddRolloutActivities());
            worker.UseSqlite(locations.OrchestrationsFile);
            worker.Configure(options =>
            {
                if (settings.MaxConcurrentActivityFunctions is { } activities) options.Concurrency.MaximumConcurrentActivityWorkItems = activities;
                if (settings.MaxConcurrentOrchestratorFunctions is { } orchestrators) options.Concurrency.MaximumConcurrentOrchestrationWorkItems = orchestrators;
            });
        });
        if (settings.ExtendedSessionsEnabled is { } sticky)
            services.Configure<EmbeddedEngineOptions>(options => options.Replay = sticky ? ReplayMode.Sticky : ReplayMode.Always);
        services.AddDurableTaskClient(client => client.UseEmbedded());
        return services;
    }

    private static IServiceCollection AddTriggers(this IServiceCollection services) => services
        .AddSingleton<HttpTrigger, StartRollout>()
        .AddSingleton<HttpTrigger, ListRollouts>()
        .AddSingleton<HttpTrigger, GetRollout>()
        .AddSingleton<HttpTrigger, SendCommand>()
        .AddSingleton<HttpTrigger, AttachDocument>()
        .AddSingleton<HttpTrigger, ListDocuments>()
        .AddSingleton<HttpTrigger, GetDocument>()
        .AddSingleton<HttpTrigger, HoldEveryRun>()
        .AddSingleton<HttpTrigger, PreviewRollback>()
        .AddSingleton<HttpTrigger, ListMeasurements>()
        .AddSingleton<HttpTrigger, ListEvidence>()
        .AddSingleton<HttpTrigger, GetEvidence>()
        .AddSingleton<HttpTrigger, GetReview>()
        .AddSingleton<HttpTrigger, ListPlaybooks>()
        .AddSingleton<HttpTrigger, TestMetric>()
        .AddSingleton<HttpTrigger, ReportRehearsal>()
        .AddSingleton<HttpTrigger, ListRehearsals>()
        .AddSingleton<HttpTrigger, GetDoctor>()
        .AddSingleton<HttpTrigger, ListOutbox>()
        .AddSingleton<HttpTrigger, RetryOutboxMessage>()
        .AddSingleton<HttpTrigger, DropOutboxMessage>()
        .AddSingleton<HttpTrigger, ListFlags>()
        .AddSingleton<HttpTrigger, GetFlag>()
        .AddSingleton<HttpTrigger, EvaluateFlag>()
        .AddSingleton<HttpTrigger, ChangeFlag>()
        .AddSingleton<HttpTrigger, GetLiveStatus>()
        .AddSingleton<HttpTrigger, GetHealth>()
        .AddSingleton<HttpTrigger, GetOpenApi>()
        .AddSingleton<HttpTrigger, ReceiveSlackInteraction>()
        .AddSingleton<HttpTrigger, ReceiveSlackCommand>()
        .AddSingleton<HttpTrigger, ReceiveGitHub>()
        .AddSingleton<HttpTrigger, StartOrchestrator>()
        .AddSingleton<HttpTrigger, ListInstances>()
        .AddSingleton<HttpTrigger, GetInstance>()
        .AddSingleton<HttpTrigger, RaiseInstanceEvent>()
        .AddSingleton<HttpTrigger, TerminateInstance>()
        .AddSingleton<HttpTrigger, SuspendInstance>()
        .AddSingleton<HttpTrigger, ResumeInstance>()
        .AddSingleton<HttpTrigger, RewindInstance>()
        .AddSingleton<HttpTrigger, PurgeInstance>();

    private static IServiceCollection AddDescription(this IServiceCollection services) => services
        .AddOpenApi(ApiDescription.DocumentName, options => options.AddDocumentTransformer<ApiDescription>())
        .ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
}
