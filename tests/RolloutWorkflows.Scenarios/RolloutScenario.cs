using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Scenarios;

/// <summary>
/// A rollout on the real engine and the real activities, with stores in memory and virtual time: given a playbook and
/// metrics, when time passes and people speak, then the run, the flags and the record are as expected.
/// </summary>
internal sealed class RolloutScenario : IAsyncDisposable
{
    public const string RunId = "run-1";

    private readonly VirtualTimeProvider time;
    private readonly InMemoryOrchestrationStore store = new();
    private readonly ServiceProvider stores;
    private readonly ReplayMode replay;
    private readonly IReadOnlyList<IChannel> channels;
    private readonly bool isScripted;
    private DurableTaskTestHost host = null!;
    private Action<IServiceCollection>? more;
    private int commands;

    /// <summary>The run that is commanded and looked at: the latest.</summary>
    private string current = RunId;

    private RolloutScenario(ReplayMode replay, IReadOnlyList<IChannel> channels, VirtualTimeProvider? time = null, bool isScripted = true)
    {
        this.replay = replay;
        this.channels = channels;
        this.time = time ?? ScenarioStart.Clock();
        this.isScripted = isScripted;
        Metrics = new ScriptedMetrics(this.time);
        stores = new ServiceCollection().AddSingleton<TimeProvider>(this.time).AddInMemoryRolloutStores().BuildServiceProvider();
        FlagWrites = new ReluctantFlagStore(Flags, this.time);
    }

    public ScriptedMetrics Metrics { get; }

    public IFlagStore Flags => stores.GetRequiredService<IFlagStore>();

    public IOutbox OutboxStore => stores.GetRequiredService<IOutbox>();

    /// <summary>What acts on the outbox beside its lanes.</summary>
    public IOutboxLanes OutboxLanes => host.Services.GetRequiredService<IOutboxLanes>();

    /// <summary>Instances and their histories.</summary>
    public DurableTaskTestHost Host => host;

    public IEvidenceStore Evidence => stores.GetRequiredService<IEvidenceStore>();

    public ILeases Leases => stores.GetRequiredService<ILeases>();

    /// <summary>While it says so, the flag store takes no changes, or tells nothing.</summary>
    public ReluctantFlagStore FlagWrites { get; }

    public IRunDocuments Documents => stores.GetRequiredService<IRunDocuments>();

    public IEffectJournal Journal => stores.GetRequiredService<IEffectJournal>();

    /// <summary>What the host's configuration knows of holidays when a run starts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Holiday>> Holidays { get; private init; } = new Dictionary<string, IReadOnlyList<Holiday>>();

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Starts a run of a playbook by <c>ada</c>.</summary>
    public static async Task<RolloutScenario> GivenAsync(
        string yaml, ReplayMode replay = ReplayMode.Sticky, Action<ScriptedMetrics>? metrics = null, double timeCompression = 1, Action<IServiceCollection>? services = null, params IReadOnlyList<IChannel> channels)
    {
        var scenario = new RolloutScenario(replay, channels) { more = services };
        metrics?.Invoke(scenario.Metrics);
        scenario.host = await scenario.StartHostAsync();
        await scenario.StartRunAsync(yaml, timeCompression);
        return scenario;
    }

    /// <summary>Starts a run on a host as it is described.</summary>
    public static async Task<RolloutScenario> GivenAsync(ScenarioStart start)
    {
        var scenario = new RolloutScenario(start.Replay, start.Channels, start.Time, isScripted: false) { more = start.Services, current = start.Run.RunId };
        scenario.host = await scenario.StartHostAsync();
        if (start.Before is { } prepare) await prepare(scenario.Flags);
        await scenario.ScheduleAsync(start.Run);
        return scenario;
    }

    /// <summary>Starts a run by <c>ada</c> on a host that knows holidays.</summary>
    public static async Task<RolloutScenario> GivenHolidaysAsync(string yaml, IReadOnlyDictionary<string, IReadOnlyList<Holiday>> holidays)
    {
        var scenario = new RolloutScenario(ReplayMode.Sticky, []) { Holidays = holidays };
        scenario.host = await scenario.StartHostAsync();
        await scenario.StartRunAsync(yaml, timeCompression: 1);
        return scenario;
    }

    /// <summary>Starts a run of a playbook by <c>ada</c>, on a host that is connected to a GitHub.</summary>
    public static async Task<RolloutScenario> GivenAsync(string yaml, ScenarioGitHub gitHub, ReplayMode replay = ReplayMode.Sticky, Action<ScriptedMetrics>? metrics = null)
    {
        var scenario = new RolloutScenario(replay, []);
        metrics?.Invoke(scenario.Metrics);
        await gitHub.ListenAsync(scenario.time);
        scenario.more = gitHub.Connect;
        scenario.host = await scenario.StartHostAsync();
        await scenario.StartRunAsync(yaml, timeCompression: 1);
        return scenario;
    }

    /// <summary>Lets virtual time pass.</summary>
    public Task WhenTimePassesAsync(TimeSpan time) => host.AdvanceAsync(time);

    /// <summary>A person commands; what follows at once has happened when this ends.</summary>
    public async Task<RunLogEntry> WhenAsync(RunVerb verb, string actor, string? reason = null, string? approvalId = null, string? commandId = null, bool isAdmin = false, string? to = null, string? supersededBy = null, string via = "test", string? surface = null)
    {
        var command = Command(verb, actor, reason) with { CommandId = commandId ?? $"c{commands++}", ApprovalId = approvalId, Via = via, IsAdmin = isAdmin, To = to, SupersededBy = supersededBy, Surface = surface };
        await host.Client.RaiseEventAsync(current, OrchestrationNames.CommandEvent, command);
        await host.RunUntilIdleAsync();
        return (await RecordAsync()).Last(entry => entry.CommandId == command.CommandId);
    }

    /// <summary>Somebody attaches a document, as the host takes it; what follows at once has happened when this ends.</summary>
    public async Task<RunDocument> WhenAttachedAsync(string name, string text, string actor = "ada")
    {
        var run = await StatusAsync();
        var attached = await Documents.AddAsync(current, new NewDocument
        {
            Name = name,
            Content = System.Text.Encoding.UTF8.GetBytes(text),
            MediaType = "text/markdown",
            By = actor,
            At = Now,
            PlaybookTime = new PlaybookClock { Anchor = run.StartedAt.UtcDateTime, Compression = run.TimeCompression }.ToPlaybook(Now.UtcDateTime),
        });
        await WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal { Kind = RunSignalKind.DocumentAttached, From = "host", Message = "attached", Document = attached, CommandId = $"document/{name}/{attached.Version}" }, current);
        return attached;
    }

    /// <summary>Somebody rolls the run back after it has ended, as the host does it.</summary>
    public async Task<RunLogEntry> WhenRolledBackAfterTheEndAsync(string actor, string? reason = null, string? surface = null)
    {
        var ended = (await host.Client.GetInstanceAsync(RunId, getInputsAndOutputs: true))!;
        Assert.True(ended.IsCompleted, ended.RuntimeStatus.ToString());
        var command = Command(RunVerb.Rollback, actor, reason) with { CommandId = $"c{commands++}", Surface = surface };
        var reopened = new ReopenedRun { Memory = ended.ReadOutputAs<RolloutResult>()!.Memory!, Command = command };
        await host.Client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Rollout, ended.ReadInputAs<RolloutInput>()! with { Reopened = reopened }, new StartOrchestrationOptions(RunId));
        await host.RunUntilIdleAsync();
        return (await RecordAsync()).Last(entry => entry.CommandId == command.CommandId);
    }

    /// <summary>A second run starts.</summary>
    public Task WhenAnotherRunStartsAsync(string runId, string yaml) => StartRunAsync(yaml, timeCompression: 1, runId);

    /// <summary>Another run starts on the same host; from now on it is the one that is looked at.</summary>
    public Task WhenAnotherRunStartsAsync(RolloutInput run)
    {
        current = run.RunId;
        return ScheduleAsync(run);
    }

    /// <summary>A second run takes over from the first at a stage, as the host does it; from now on it is the one that is looked at.</summary>
    public async Task WhenSupersededAsync(string yaml, string fromStage)
    {
        var playbook = PlaybookLoader.Load(yaml, "scenario.yaml", StepCatalog.BuiltIn).Playbook!;
        var earlier = await StatusAsync();
        var outputs = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>>();
        foreach (var stage in earlier.Stages.Where(stage => stage.State == StageState.Promoted))
            outputs[stage.Name] = (await host.Client.GetInstanceAsync(OrchestrationNames.StageInstance(current, stage.Name, stage.Attempt), getInputsAndOutputs: true))!.ReadOutputAs<StageOutcome>()!.Outputs;
        var plan = Takeover.Plan(playbook, DefaultsOf(playbook), fromStage, new EarlierRun { RunId = current, Playbook = earlier.Playbook, State = earlier.State, Stages = earlier.Stages, Outputs = outputs });
        Assert.Empty(plan.Obstacles);
        if (earlier.State == RunState.RolledBack) Assert.Equal(RunLogKind.CommandAccepted, (await WhenAsync(RunVerb.Abort, "ada", supersededBy: "run-2")).Kind);
        current = "run-2";
        await StartRunAsync(yaml, timeCompression: 1, current, plan.Run);
    }

    private RunCommand Command(RunVerb verb, string actor, string? reason) => new()
    {
        CommandId = "",
        Verb = verb,
        Actor = actor,
        Via = "test",
        Reason = reason,
        At = time.GetUtcNow(),
    };

    /// <summary>An event arrives at an instance, whatever it says; what follows at once has happened when this ends.</summary>
    public async Task WhenEventArrivesAsync(string name, object? payload, string instance = RunId)
    {
        await RaiseAsync(instance, name, payload);
        await host.RunUntilIdleAsync();
    }

    /// <summary>Sends an event without waiting for what follows.</summary>
    public Task RaiseAsync(string instance, string name, object? payload) => host.Client.RaiseEventAsync(instance, name, payload);

    /// <summary>An operator ends one of the run's own orchestrations.</summary>
    public async Task WhenTerminatedAsync(string instance)
    {
        await host.Client.TerminateInstanceAsync(instance, output: null);
        await host.RunUntilIdleAsync();
    }

    /// <summary>The process stops and a new one takes over the same stores.</summary>
    public async Task WhenTheServerRestartsAsync()
    {
        await host.DisposeAsync();
        host = await StartHostAsync();
        await host.Services.GetRequiredService<IOutboxLanes>().WakeAllAsync();
        await host.RunUntilIdleAsync();
    }

    /// <summary>What the run started with.</summary>
    public async Task<RolloutInput> InputAsync() =>
        (await host.Client.GetInstanceAsync(current, getInputsAndOutputs: true))!.ReadInputAs<RolloutInput>()!;

    public async Task<RunStatus> StatusAsync(string? runId = null) =>
        (await host.Client.GetInstanceAsync(runId ?? current, getInputsAndOutputs: true))!.ReadCustomStatusAs<RunStatus>()!;

    public async Task<SoakStatus> SoakAsync(string stage, int attempt = 1) =>
        (await host.Client.GetInstanceAsync(OrchestrationNames.SoakInstance(current, stage, attempt), getInputsAndOutputs: true))!.ReadCustomStatusAs<SoakStatus>()!;

    public async Task<IReadOnlyList<RunLogEntry>> RecordAsync(string? runId = null) =>
        [.. (await stores.GetRequiredService<IRunLog>().ReadAsync(runId ?? current, limit: 10_000)).Entries];

    /// <summary>The run's state, failing with the whole record where it is another.</summary>
    public async Task ThenStateIsAsync(RunState expected)
    {
        var instance = await host.Client.GetInstanceAsync(current, getInputsAndOutputs: true);
        var status = instance!.ReadCustomStatusAs<RunStatus>();
        if (status?.State == expected) return;
        var record = string.Join("\n", (await RecordAsync()).Select(entry => $"{entry.At:MM-dd HH:mm:ss} {entry.Kind} {entry.Message}"));
        Assert.Fail($"expected {expected}, got {status?.State}: {status?.Because}\ninstance {instance.RuntimeStatus} {instance.FailureDetails}\n{record}");
    }

    public async Task<double?> PercentAsync(string flag) => (double?)(await Flags.FindAsync(flag))?.Percent;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await stores.DisposeAsync();
    }

    private Task<DurableTaskTestHost> StartHostAsync() => DurableTaskTestHost.StartAsync(
        registry => registry.AddRolloutOrchestrations().AddRolloutActivities(),
        options =>
        {
            options.Time = time;
            options.Store = store;
            options.Replay = replay;
            options.AutoAdvance = false;
            options.ConfigureServices = services => AddMore(AddMetrics(services)
                .AddSingleton<IFlagStore>(FlagWrites)
                .AddSingleton(stores.GetRequiredService<IEffectJournal>())
                .AddSingleton(stores.GetRequiredService<IMeasurementStore>())
                .AddSingleton(stores.GetRequiredService<IRunLog>())
                .AddSingleton(Documents)
                .AddSingleton(stores.GetRequiredService<ILeases>())
                .AddSingleton(stores.GetRequiredService<IRunLives>())
                .AddSingleton(stores.GetRequiredService<IOutbox>())
                .AddSingleton(stores.GetRequiredService<IChannelMemories>())
                .AddSingleton(Evidence)
                .AddSingleton<ClientLanes>()
                .AddSingleton<ILaneInstances>(provider => provider.GetRequiredService<ClientLanes>())
                .AddSingleton<IRunViews>(provider => provider.GetRequiredService<ClientLanes>())
                .AddChannels(channels)
                .AddSingleton(Grants.Everything)
                .AddRolloutActivities());
        });

    private IServiceCollection AddMetrics(IServiceCollection services) => isScripted ? services.AddSingleton<IMetricSources>(Metrics) : services;

    /// <summary>What a test has instead of what a rollout in tests has by itself.</summary>
    private void AddMore(IServiceCollection services) => more?.Invoke(services);

    private async Task StartRunAsync(string yaml, double timeCompression, string runId = RunId, SupersededRun? supersedes = null)
    {
        var loaded = PlaybookLoader.Load(yaml, "scenario.yaml", StepCatalog.BuiltIn);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity == ProblemSeverity.Error);
        var playbook = loaded.Playbook!;
        await ScheduleAsync(new RolloutInput
        {
            RunId = runId,
            Playbook = playbook,
            PlaybookDigest = "test",
            Inputs = DefaultsOf(playbook),
            Supersedes = supersedes,
            People = playbook.People ?? new People(),
            StartedBy = "ada",
            Holidays = Holidays,
            TimeCompression = timeCompression,
        });
    }

    private async Task ScheduleAsync(RolloutInput input)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Rollout, input, new StartOrchestrationOptions(input.RunId));
        await host.RunUntilIdleAsync();
    }

    private static Dictionary<string, JsonElement> DefaultsOf(Playbook playbook) =>
        playbook.Inputs.Where(input => input.Value.Default is not null).ToDictionary(input => input.Key, input => (JsonElement)input.Value.Default!);
}
