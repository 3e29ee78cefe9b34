using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// A run on virtual time: the real orchestrations, flags, journal and rules, with metrics from a trace, people who say yes, and a
/// played world outside. Nothing leaves this process.
/// </summary>
internal sealed class SimulatedRollout : IAsyncDisposable
{
    private const string RunId = "simulation";

    private readonly SimulationOptions options;
    private readonly DurableTaskTestHost host;
    private readonly SimulationTally tally;
    private readonly DateTimeOffset startedAt;
    private int commands;

    private SimulatedRollout(SimulationOptions options, DurableTaskTestHost host, SimulationTally tally, HealthyMetrics healthy)
    {
        (this.options, this.host, this.tally, Healthy) = (options, host, tally, healthy);
        startedAt = host.Time.GetUtcNow();
    }

    public HealthyMetrics Healthy { get; }

    public IEffectJournal Journal => host.Services.GetRequiredService<IEffectJournal>();

    /// <summary>All flags and played values, one line each.</summary>
    public async Task<IReadOnlyList<string>> DescribeWorldAsync()
    {
        var flags = await host.Services.GetRequiredService<IFlagStore>().ListAsync();
        return
        [
            // A flag that nobody has is no other than one that is not there.
            .. flags.Where(flag => flag.Kind == FlagKind.Percentage ? flag.Percent > 0 || flag.Canary.Enabled : flag.Enabled)
                .Select(flag => FormattableString.Invariant($"flag:{flag.Name} {flag.Kind} {flag.Enabled} {flag.Percent} {flag.Canary.Enabled} [{string.Join(", ", flag.Canary.Users)}]")).Order(StringComparer.Ordinal),
            .. host.Services.GetRequiredService<PlayedSteps>().World.Describe(),
        ];
    }

    /// <summary>Starts the engine and the run; time stands still until it is let pass.</summary>
    public static async Task<SimulatedRollout> StartAsync(SimulationOptions options)
    {
        var healthy = new HealthyMetrics(options.Playbook);
        var trace = new FaultyTrace((IMetricTrace?)options.Trace ?? healthy, options.Faults);
        var tally = new SimulationTally();
        var catalog = SimulatedCatalog.Create();
        var time = new VirtualTimeProvider(options.At ?? options.Trace?.From ?? Default);
        var host = await DurableTaskTestHost.StartAsync(
            registry => AddTasks(registry, catalog),
            new DurableTaskTestHostOptions
            {
                Time = time,
                AutoAdvance = false,
                ConfigureServices = services => services
                    .AddSingleton<IMetricTrace>(trace)
                    .AddSingleton(tally)
                    .AddSingleton(catalog)
                    .AddSingleton(new PlayedSteps(catalog, options.Faults))
                    .AddSingleton<IMetricSources>(new TracedMetrics(trace, time))
                    .AddSingleton<IRunLog>(new StageWatchingRunLog(new InMemoryRunLog(), trace))
                    .AddSingleton(Grants.Everything)
                    .AddInMemoryRolloutStores()
                    .AddRolloutActivities(),
            });
        var run = new SimulatedRollout(options, host, tally, healthy);
        await run.ScheduleAsync();
        return run;
    }

    /// <summary>Lets people answer and time pass until the run ends, stands where only people could move it, or reaches what is looked for.</summary>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellation)
    {
        var until = startedAt + options.AtMost;
        while (!cancellation.IsCancellationRequested)
        {
            var run = await StatusAsync();
            if (RunTransitions.IsFinal(run.State) || run.State is RunState.Holding or RunState.RolledBack || options.Until?.Invoke(run) == true) break;
            var answers = run.OpenApprovals.Count > 0 ? run.OpenApprovals.Min(open => open.AskedAt) + options.AnswerAfter : (DateTimeOffset?)null;
            if (answers <= host.Time.GetUtcNow()) await AnswerAsync(run.OpenApprovals.First(open => open.AskedAt + options.AnswerAfter <= host.Time.GetUtcNow()));
            else if (!await PassAsync(answers, until)) break;
        }

        cancellation.ThrowIfCancellationRequested();
        return await ResultAsync();
    }

    /// <summary>A person commands; what follows at once has happened when this ends.</summary>
    public async Task CommandAsync(RunVerb verb, string actor, string reason, string? approvalId = null, string? to = null)
    {
        await host.Client.RaiseEventAsync(RunId, OrchestrationNames.CommandEvent, new RunCommand
        {
            CommandId = FormattableString.Invariant($"simulated-{commands++}"),
            Verb = verb,
            Actor = actor,
            Via = "simulation",
            Reason = reason,
            ApprovalId = approvalId,
            To = to,
            IsAdmin = actor == SimulatedPeople.Starter,
            At = host.Time.GetUtcNow(),
        });
        await host.RunUntilIdleAsync();
    }

    public async Task<RunStatus> StatusAsync() => (await host.Client.GetInstanceAsync(RunId, getInputsAndOutputs: true))!.ReadCustomStatusAs<RunStatus>()!;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>A Monday morning in UTC, so that two simulations of the same are the same.</summary>
    private static DateTimeOffset Default { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static void AddTasks(DurableTaskRegistry registry, StepCatalog catalog)
    {
        registry.AddOrchestrator<RolloutOrchestrator>();
        registry.AddOrchestrator<StageOrchestrator>();
        registry.AddOrchestrator<SimulatedSoakOrchestrator>();
        registry.AddOrchestrator<RollbackOrchestrator>();
        registry.AddOrchestrator<OutboxOrchestrator>();
        registry.AddActivity<CapturesActivity>();
        registry.AddRolloutActivities(catalog);
    }

    private async Task<bool> PassAsync(DateTimeOffset? answers, DateTimeOffset until)
    {
        var next = host.Time.NextDue;
        if (answers < (next ?? DateTimeOffset.MaxValue)) next = answers;
        if (next is not { } moment || moment > until) return false;
        host.Time.AdvanceTo(moment);
        await host.RunUntilIdleAsync();
        return true;
    }

    private async Task AnswerAsync(OpenApproval open)
    {
        var voter = open.Electorate.Count == 0 ? SimulatedPeople.Starter : open.Electorate.First(person => open.Votes.All(vote => vote.Person != person));
        await CommandAsync(RunVerb.Approve, voter, "a simulated yes", open.ApprovalId);
    }

    private async Task ScheduleAsync()
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            OrchestrationNames.Rollout,
            new RolloutInput
            {
                RunId = RunId,
                // Nobody outside is shown anything, so nothing may wait for it.
                Playbook = options.Playbook with { ReleaseIssue = new ReleaseIssuePolicy(), Channels = options.Playbook.Channels with { ReleaseIssue = null, Slack = null, Deployment = null } },
                PlaybookDigest = "",
                Inputs = options.Inputs,
                People = SimulatedPeople.Complete(options.Playbook, options.People),
                Holidays = options.Holidays,
                StartedBy = SimulatedPeople.Starter,
            },
            new StartOrchestrationOptions(RunId));
        await host.RunUntilIdleAsync();
    }

    private async Task<SimulationResult> ResultAsync()
    {
        var run = await StatusAsync();
        return new SimulationResult
        {
            Run = run,
            Record = (await host.Services.GetRequiredService<IRunLog>().ReadAsync(RunId, limit: 100_000)).Entries,
            Stages = [.. run.Stages.Where(stage => stage.Attempt > 0).Select(stage => new SimulatedStage { Stage = stage, Guardrails = tally.Of(stage.Name, stage.Attempt) })],
            StartedAt = startedAt,
            EndedAt = host.Time.GetUtcNow(),
            Measurements = tally.Measurements,
        };
    }
}
