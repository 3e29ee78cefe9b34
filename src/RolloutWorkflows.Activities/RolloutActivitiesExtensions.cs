using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>Makes the activities known to a host.</summary>
public static class RolloutActivitiesExtensions
{
    /// <summary>
    /// Adds what activities need beside their stores: <see cref="IFlagStore"/>, <see cref="IEffectJournal"/>,
    /// <see cref="IMeasurementStore"/>, <see cref="IRunLog"/>, <see cref="IRunDocuments"/>, <see cref="ILeases"/>, <see cref="IRunLives"/>,
    /// <see cref="IOutbox"/>, <see cref="IChannelMemories"/>, <see cref="ILaneInstances"/> and <see cref="IRunViews"/> are the host's to add, or
    /// <see cref="AddInMemoryRolloutStores"/>; so are <see cref="MetricSourceOptions"/>,
    /// <see cref="AnnouncementOptions"/>, <see cref="PlaybookFileOptions"/> and <see cref="SignerOptions"/>, without which there are no sources, no webhooks, no files and no signers. Logging is the host's too. Nothing that is registered already is replaced.
    /// </summary>
    public static IServiceCollection AddRolloutActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(StepCatalog.BuiltIn);
        services.TryAddSingleton<IStepCatalog>(StepCatalog.BuiltIn);
        services.TryAddTransient<StepActivities>();
        services.TryAddTransient<IRollbackPreview, RollbackPreview>();
        services.TryAddSingleton(new MetricSourceOptions());
        services.TryAddSingleton(new AnnouncementOptions());
        services.TryAddSingleton(new PlaybookFileOptions());
        services.TryAddSingleton<PlaybookFiles>();
        services.TryAddSingleton<GrantedFiles>();
        services.TryAddSingleton(new SignerOptions());
        services.TryAddSingleton<ISigners, Signers>();
        services.TryAddSingleton(new Grants(new Dictionary<string, PlaybookGrant>()));
        services.TryAddSingleton(new EgressOptions());
        services.TryAddSingleton<OwnListeners>();
        services.TryAddSingleton<EgressGuard>();
        services.TryAddSingleton<OutboundHttp>();
        services.TryAddSingleton<SecretHeaders>();
        services.TryAddSingleton(new SecretOptions());
        services.TryAddSingleton<ISecretSource, Secrets>();
        services.TryAddSingleton(new CommandOptions());
        services.TryAddSingleton<AllowedCommands>();
        services.TryAddSingleton<SupervisedCommands>();
        services.TryAddSingleton<ScenarioRuns>();
        services.TryAddSingleton(new SnapshotOptions());
        services.TryAddSingleton<SnapshotCatalog>();
        services.TryAddSingleton<SnapshotTargets>();
        services.TryAddSingleton(new GitHubOptions());
        services.TryAddSingleton<IGitHub, GitHubClient>();
        services.TryAddSingleton<IncidentIssues>();
        services.TryAddSingleton(new ProtectionRuleOptions());
        services.TryAddSingleton<ProtectedRuns>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, RunDeployment>());
        services.TryAddSingleton<IssueFinder>();
        services.TryAddSingleton<IssueComments>();
        services.TryAddSingleton<IssueBodyKeeper>();
        services.TryAddSingleton<IssueEffects>();
        services.TryAddSingleton<ITickCatchUp, NoTickCatchUp>();
        services.TryAddSingleton<ICommentCatchUp, NoCommentCatchUp>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, IssueChannel>());
        services.TryAddSingleton<SourceHttp>();
        services.TryAddSingleton<RolloutMetricSource>();
        services.TryAddSingleton<IMetricSources, MetricSources>();
        services.TryAddSingleton<MetricReader>();
        services.TryAddSingleton<IMetricTrial, MetricTrial>();
        services.TryAddSingleton<CaptureStore>();
        services.TryAddSingleton<BaselineReader>();
        services.TryAddSingleton<OutboxLanes>();
        services.TryAddSingleton<IRunNews>(provider => provider.GetRequiredService<OutboxLanes>());
        services.TryAddSingleton<IOutboxLanes>(provider => provider.GetRequiredService<OutboxLanes>());
        services.TryAddSingleton<LaneQueue>();
        services.TryAddSingleton<ChannelLane>();
        services.TryAddSingleton<AudienceLane>();
        services.AddEvidence();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAudienceChannel, WebhookAudiences>());
        services.TryAddSingleton<Announcer>();
        services.TryAddSingleton(new SlackOptions());
        services.TryAddSingleton<ISlack, SlackClient>();
        services.TryAddSingleton<SlackPosts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAudienceChannel, SlackAudiences>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, SlackThread>());
        services.TryAddTransient<EffectReader>();
        services.TryAddTransient<ITakeoverChecks, TakeoverChecks>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton<EffectGate>();
        services.TryAddSingleton(provider => new LeaseTargets(provider.GetRequiredService<StepActivities>()));
        return services;
    }

    /// <summary>Where the host keeps no evidence of its own, it is kept as long as the process lives.</summary>
    private static void AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<IEvidenceStore, InMemoryEvidenceStore>();
        services.TryAddSingleton(new EvidenceOptions());
        services.TryAddSingleton<EvidenceSigner>();
        services.TryAddSingleton<EvidenceMaker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEvidencePlace, EvidenceFolder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEvidencePlace, AzureBlobs>());
        services.TryAddSingleton(provider => new EvidencePlaces(provider.GetServices<IEvidencePlace>()));
        services.TryAddSingleton<EvidenceExports>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAudienceChannel, EvidenceExports>(provider => provider.GetRequiredService<EvidenceExports>()));
        services.TryAddSingleton<IReviews, Reviews>();
        services.TryAddSingleton<ReviewComments>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAudienceChannel, ReviewComments>(provider => provider.GetRequiredService<ReviewComments>()));
        services.TryAddSingleton<EvidenceLane>();
    }

    /// <summary>Adds stores that forget everything when the process ends, for tests and simulations.</summary>
    public static IServiceCollection AddInMemoryRolloutStores(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFlagStore, InMemoryFlagStore>();
        services.TryAddSingleton<IEffectJournal, InMemoryEffectJournal>();
        services.TryAddSingleton<IMeasurementStore, InMemoryMeasurementStore>();
        services.TryAddSingleton<IRunLog, InMemoryRunLog>();
        services.TryAddSingleton<IRunDocuments, InMemoryRunDocuments>();
        services.TryAddSingleton<ILeases, InMemoryLeases>();
        services.TryAddSingleton<IRunLives, EveryRunLives>();
        services.TryAddSingleton<IOutbox, InMemoryOutbox>();
        services.TryAddSingleton<IChannelMemories, InMemoryChannelMemories>();
        services.TryAddSingleton<ILaneInstances, NoLaneInstances>();
        services.TryAddSingleton<IRunViews, NoRunViews>();
        services.TryAddSingleton<IEvidenceStore, InMemoryEvidenceStore>();
        return services;
    }

    /// <summary>Adds every activity: the step kinds by their own names, and those that orchestrations call beside them.</summary>
    public static DurableTaskRegistry AddRolloutActivities(this DurableTaskRegistry registry) => registry.AddRolloutActivities(StepCatalog.BuiltIn);

    /// <summary>As above, with the step kinds as a catalog of one's own carries them out.</summary>
    internal static DurableTaskRegistry AddRolloutActivities(this DurableTaskRegistry registry, StepCatalog catalog)
    {
        foreach (var registration in catalog.Registrations)
        {
            registry.AddActivity(new TaskName(registration.Kind.Name), registration.Activity);
        }

        foreach (var type in typeof(RolloutActivitiesExtensions).Assembly.GetTypes().Where(type => type.GetCustomAttribute<DurableTaskAttribute>() is not null).OrderBy(type => type.FullName, StringComparer.Ordinal))
            registry.AddActivity(type);
        return registry;
    }
}
