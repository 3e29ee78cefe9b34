using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>A run by <c>ada</c> on the real engine and virtual time, whose process can be killed at any of its writes.</summary>
internal sealed class MortalRun : IAsyncDisposable
{
    public const string RunId = "run-1";

    private static readonly ConcurrentDictionary<string, Playbook> Loaded = new();

    private readonly VirtualTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly InMemoryOrchestrationStore store = new();
    private readonly ServiceProvider stores;
    private DurableTaskTestHost host = null!;
    private int commands;

    private MortalRun()
    {
        Metrics = new ScriptedMetrics(time);
        foreach (var metric in new[] { "ready", "settled" }) Metrics.Say(metric, _ => MetricReading.Of(1));
        Metrics.Say("errors", _ => MetricReading.Of(0));
        stores = new ServiceCollection().AddSingleton<TimeProvider>(time).AddInMemoryRolloutStores().BuildServiceProvider();
        FlagWrites = new ReluctantFlagStore(Flags, time);
        store.BeforeCommit = Life.Commit;
    }

    public Life Life { get; } = new();

    public ScriptedMetrics Metrics { get; }

    public ReluctantFlagStore FlagWrites { get; }

    public IFlagStore Flags => stores.GetRequiredService<IFlagStore>();

    public IEffectJournal Journal => stores.GetRequiredService<IEffectJournal>();

    public DateTimeOffset? NextTimer => time.NextDue;

    public static async Task<MortalRun> StartAsync(string yaml, Action<MortalRun>? prepare = null, TimeSpan? delay = null)
    {
        var run = new MortalRun();
        prepare?.Invoke(run);
        await run.BeginAsync();
        var playbook = Loaded.GetOrAdd(yaml, Load);
        await run.host.Client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Rollout, new RolloutInput
        {
            RunId = RunId,
            Playbook = playbook,
            PlaybookDigest = "test",
            Inputs = new Dictionary<string, System.Text.Json.JsonElement>(),
            People = playbook.People!,
            StartedBy = "ada",
            TimeCompression = 1,
        }, new StartOrchestrationOptions(RunId, StartAt: delay is { } later ? run.time.GetUtcNow() + later : null));
        await run.host.RunUntilIdleAsync();
        return run;
    }

    /// <summary>Time passes.</summary>
    public Task PassAsync(TimeSpan span) => host.AdvanceAsync(span);

    /// <summary>A person commands, and what follows at once happens.</summary>
    public async Task DoAsync(RunVerb verb, string actor = "cyn", bool isAdmin = true, string? surface = null)
    {
        await SendAsync(verb, actor, isAdmin, surface: surface);
        await host.RunUntilIdleAsync();
    }

    /// <summary>A command is on its way to the run, as the host sends it. False where the run has ended and takes none.</summary>
    public async Task<(string CommandId, bool Delivered)> SendAsync(RunVerb verb, string actor, bool isAdmin, string? commandId = null, string? surface = null)
    {
        var command = new RunCommand
        {
            CommandId = commandId ?? $"c{commands++}",
            Verb = verb,
            Actor = actor,
            Via = "test",
            Reason = "proof",
            IsAdmin = isAdmin,
            Surface = surface,
            At = time.GetUtcNow(),
            To = verb == RunVerb.Handover ? "bob" : null,
        };
        var present = (await host.Client.GetInstanceAsync(RunId, getInputsAndOutputs: true))!;
        if (!present.IsCompleted)
        {
            await host.Client.RaiseEventAsync(RunId, OrchestrationNames.CommandEvent, command);
            return (command.CommandId, true);
        }

        if (verb != RunVerb.Rollback)
        {
            await host.Client.RaiseEventAsync(RunId, OrchestrationNames.CommandEvent, command);
            return (command.CommandId, false);
        }

        var reopened = new ReopenedRun { Memory = present.ReadOutputAs<RolloutResult>()!.Memory!, Command = command };
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            OrchestrationNames.Rollout, present.ReadInputAs<RolloutInput>()! with { Reopened = reopened }, new StartOrchestrationOptions(RunId));
        return (command.CommandId, true);
    }

    /// <summary>An event arrives, whatever it says.</summary>
    public async Task RaiseAsync(string name, object? payload)
    {
        await host.Client.RaiseEventAsync(RunId, name, payload);
        await host.RunUntilIdleAsync();
    }

    /// <summary>The process dies without a word, wherever it is, and a new one takes over what was written.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await host.RunUntilIdleAsync();
        Life.Kill();
        await host.DisposeAsync();
        Life.BeBorn();
        // The host said goodbye to the store; a process that dies does not.
        await store.OpenAsync(default);
        await BeginAsync();
        await host.RunUntilIdleAsync();
    }

    public async Task<RunStatus?> StatusAsync() =>
        (await host.Client.GetInstanceAsync(RunId, getInputsAndOutputs: true))?.ReadCustomStatusAs<RunStatus>();

    public async Task<OrchestrationMetadata> InstanceAsync() => (await host.Client.GetInstanceAsync(RunId, getInputsAndOutputs: true))!;

    public async Task<IReadOnlyList<RunLogEntry>> RecordAsync() =>
        [.. (await stores.GetRequiredService<IRunLog>().ReadAsync(RunId, limit: 10_000)).Entries];

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await stores.DisposeAsync();
    }

    private static Playbook Load(string yaml)
    {
        var loaded = PlaybookLoader.Load(yaml, "proof.yaml", StepCatalog.BuiltIn);
        Assert.True(loaded.Playbook is not null, string.Join("\n", loaded.Problems));
        return loaded.Playbook;
    }

    private async Task BeginAsync() => host = await DurableTaskTestHost.StartAsync(
        registry => registry.AddRolloutOrchestrations().AddRolloutActivities(),
        options =>
        {
            options.Time = time;
            options.Store = store;
            options.AutoAdvance = false;
            options.ConfigureServices = services => services
                .AddSingleton(Mortal<IFlagStore>.Of(FlagWrites, Life))
                .AddSingleton(Mortal<IEffectJournal>.Of(Journal, Life))
                .AddSingleton(Mortal<IRunLog>.Of(stores.GetRequiredService<IRunLog>(), Life))
                .AddSingleton(stores.GetRequiredService<IMeasurementStore>())
                .AddSingleton(stores.GetRequiredService<ILeases>())
                .AddSingleton(stores.GetRequiredService<IRunLives>())
                .AddSingleton(stores.GetRequiredService<IOutbox>())
                .AddSingleton(stores.GetRequiredService<IChannelMemories>())
                .AddSingleton(stores.GetRequiredService<ILaneInstances>())
                .AddSingleton(stores.GetRequiredService<IRunViews>())
                .AddSingleton<IMetricSources>(Metrics)
                .AddSingleton(Grants.Everything)
                .AddRolloutActivities();
        });
}
