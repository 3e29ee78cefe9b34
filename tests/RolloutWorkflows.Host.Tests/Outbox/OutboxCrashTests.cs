using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Converters;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Orchestrations.Tests.Outbox;
using RolloutWorkflows.Orchestrations.Tests.Proof;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host.Tests.Outbox;

/// <summary>The process dies at each of its writes; the database is opened again, and everything is shown once and in order.</summary>
public sealed class OutboxCrashTests
{
    private const string RunId = "run-1";

    private const string Yaml = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: tiny }
        spec:
          channels: { team: { webhook: nowhere } }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 100 } } ]
        """;

    private static readonly RolloutInput Input = new()
    {
        RunId = RunId,
        Playbook = PlaybookLoader.Load(Yaml, "tiny.yaml", StepCatalog.BuiltIn).Playbook!,
        PlaybookDigest = "test",
        StartedBy = "ada",
    };

    [Fact]
    public async Task Process_DiesAtEachWrite_EverythingIsShownOnceInOrderAndTheLaneFinishes()
    {
        var writes = await CrashAsync(dieAfter: int.MaxValue);
        Assert.InRange(writes, 30, 1000);
        for (var at = 0; at < writes; at++) await CrashAsync(at);
    }

    /// <summary>A whole run in a process that dies at a write, and in another after it. Returns how much the first wrote.</summary>
    private static async Task<int> CrashAsync(int dieAfter)
    {
        using var folder = new TemporaryFolder();
        await using var world = new World(Path.Combine(folder.Path, "rollouts.db"));
        await world.BeginAsync();
        world.Life.DieAfter(dieAfter);
        await world.ScheduleAsync();
        await world.PassAsync();
        var writes = world.Life.Writes;

        await world.KillAsync();
        await world.BeginAsync();
        await world.ScheduleAsync();
        await world.PassAsync();

        var expected = (await world.Log.ReadAsync(RunId)).Entries.Where(world.Issue.Tells).Select(line => line.Message).ToList();
        Assert.True(expected.Count >= 5, $"write {dieAfter}: {expected.Count} lines");
        Assert.True(expected.SequenceEqual(world.Issue.ShownOf(RunId)), $"write {dieAfter}: {string.Join(" | ", world.Issue.ShownOf(RunId))}");
        Assert.Equal((dieAfter, RunState.Succeeded), (dieAfter, world.Issue.StateShownOf(RunId)));
        Assert.Equal((dieAfter, true), (dieAfter, (await world.Outbox.FindLaneAsync(RunId, "releaseIssue"))!.IsFinished));
        await EvidenceStandsAsync(world, dieAfter);
        return writes;
    }

    /// <summary>One document for each promotion and one of the end, chained, wherever the process died between the line and the document.</summary>
    private static async Task EvidenceStandsAsync(World world, int dieAfter)
    {
        var documents = await world.Evidence.ListAsync(RunId);
        Assert.Equal((dieAfter, "some everybody "), (dieAfter, string.Join(' ', documents.Select(document => document.Stage))));
        var files = documents.SelectMany(EvidenceFiles.Of).Append(EvidenceFiles.ChainOf(documents)).ToDictionary(file => Path.Combine(RunId, file.Name), file => file.Content);
        Assert.Empty(Assert.Single(new EvidenceVerification { Files = files, Whole = true }.Verify()).Problems);
    }

    private sealed class World(string file) : IAsyncDisposable
    {
        private readonly VirtualTimeProvider _time = new();
        private readonly InMemoryOrchestrationStore _store = new();
        private readonly ServiceProvider _others = new ServiceCollection().AddInMemoryRolloutStores().BuildServiceProvider();
        private RolloutDatabase _database = null!;
        private DurableTaskTestHost _host = null!;

        public Life Life { get; } = new();

        public RecordingChannel Issue { get; } = new("releaseIssue");

        public IOutbox Outbox => new SqliteOutbox(_database, _time);

        public IEvidenceStore Evidence => new SqliteEvidenceStore(_database);

        public IRunLog Log => new SqliteRunLog(_database);

        public async Task BeginAsync()
        {
            _store.BeforeCommit = Life.Commit;
            _database = new RolloutDatabase(file);
            _host = await DurableTaskTestHost.StartAsync(registry => registry.AddRolloutOrchestrations().AddRolloutActivities(), options =>
            {
                options.Time = _time;
                options.Store = _store;
                options.AutoAdvance = false;
                options.ConfigureServices = services => services
                    .AddSingleton<DataConverter>(new JsonDataConverter(StorageJson.Options))
                    .AddSingleton(_others.GetRequiredService<IFlagStore>())
                    .AddSingleton(_others.GetRequiredService<IEffectJournal>())
                    .AddSingleton(_others.GetRequiredService<ILeases>())
                    .AddSingleton(_others.GetRequiredService<IRunLives>())
                    .AddSingleton(_others.GetRequiredService<IMeasurementStore>())
                    .AddSingleton(Mortal<IRunLog>.Of(Log, Life))
                    .AddSingleton(Mortal<IOutbox>.Of(Outbox, Life))
                    .AddSingleton(Mortal<IEvidenceStore>.Of(Evidence, Life))
                    .AddSingleton(_others.GetRequiredService<IRunDocuments>())
                    .AddSingleton<IChannelMemories>(new SqliteChannelMemories(_database))
                    .AddSingleton<RunReader>()
                    .AddSingleton<ILaneInstances, LaneInstances>()
                    .AddSingleton<IRunViews, RunViews>()
                    .AddSingleton<IChannel>(Issue)
                    .AddSingleton(Grants.Everything)
                    .AddRolloutActivities();
            });
            await _host.Services.GetRequiredService<IOutboxLanes>().WakeAllAsync();
        }

        /// <summary>Whoever starts it tries until it is stored.</summary>
        public async Task ScheduleAsync()
        {
            if (await _host.Client.GetInstanceAsync(RunId) is not null) return;
            try
            {
                await _host.Client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Rollout, Input, new StartOrchestrationOptions(RunId));
            }
            catch (StoreUnavailableException)
            {
                // The process died of it.
            }
        }

        public Task PassAsync() => _host.AdvanceAsync(TimeSpan.FromMinutes(30));

        public async Task KillAsync()
        {
            Life.Kill();
            await _host.DisposeAsync();
            _database.Dispose();
            Life.BeBorn();
            await _store.OpenAsync(default);
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            _database.Dispose();
            await _others.DisposeAsync();
        }
    }
}
