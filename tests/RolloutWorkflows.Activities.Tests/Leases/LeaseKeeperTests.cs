using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>When a lease counts, what it covers, and what a step does that meets one.</summary>
public sealed class LeaseKeeperTests
{
    private readonly InMemoryLeases _leases = new();
    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, RunLife> _lives = [];

    [Fact]
    public async Task Lease_OfAnEndedRun_IsFree()
    {
        await Keeper().TakeAsync("one", "web4", ["flag:a"]);
        _lives["one"] = RunLife.Live;
        Assert.Equal("one", (await Keeper().FindHolderAsync("flag:a"))?.RunId);
        Assert.Equal("one", Assert.Single(await Keeper().TakeAsync("two", "web4", ["flag:a"])).RunId);

        _lives["one"] = RunLife.Ended;

        Assert.Null(await Keeper().FindHolderAsync("flag:a"));
        Assert.Empty(await Keeper().TakeAsync("two", "web4", ["flag:a"]));
    }

    [Fact]
    public async Task Lease_CrashBetweenTakingItAndScheduling_IsNoOrphanForEver()
    {
        await Keeper().TakeAsync("never-scheduled", "web4", ["flag:a"]);
        Assert.Single(await Keeper().TakeAsync("two", "web4", ["flag:a"]));

        _time.Advance(LeaseKeeper.StartTakesAtMost + TimeSpan.FromSeconds(1));

        Assert.Empty(await Keeper().TakeAsync("two", "web4", ["flag:a"]));
    }

    [Fact]
    public async Task Step_OnATargetOfAnotherRun_ErrorsNamingTheHolderAndChangesNothing()
    {
        using var rig = Rig();
        _lives["other"] = RunLife.Live;
        await _leases.TakeAsync(new LeaseRequest { RunId = "other", Playbook = "captions", Targets = ["flag:bar"], Since = _time.GetUtcNow() });

        var result = await rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith("flag:bar is leased by run other (captions, since 2026-03-01 12:00:00 UTC). Nothing was changed", result.Message, StringComparison.Ordinal);
        Assert.Null(await rig.PercentAsync("bar"));
        Assert.Empty(await rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Step_OnATargetThatNobodyNamedAtTheStart_LeasesItBeforeItsFirstWrite()
    {
        using var rig = Rig();

        await rig.StepAsync("flag/canary", new { flag = "bar", users = new[] { "u1" } });

        Assert.Equal("run", (await _leases.FindAsync("flag:bar"))?.RunId);
    }

    [Fact]
    public void NamedBy_Playbook_ListsWhatTheInputsTell()
    {
        using var services = new ServiceCollection().AddLogging().AddInMemoryRolloutStores().AddRolloutActivities().BuildServiceProvider();
        var loaded = PlaybookLoader.Load("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: many }
            spec:
              inputs: { flag: { type: string, default: bar }, production: { type: boolean, default: false } }
              rollback: { to: start }
              stages:
                - name: one
                  steps:
                    - { uses: flag/canary, with: { flag: "${{ inputs.flag }}", users: [u1] } }
                    - { uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 1 } }
                    - { uses: flag/set, with: { flag: later-than-now, value: true }, if: inputs.production }
                    - { id: call, uses: http/request, with: { url: "https://deploy.example.com/releases?x=1" }, undo: { uses: http/request, with: { url: https://deploy.example.com/previous } } }
                    - { uses: flag/set, with: { flag: "${{ steps.call.outputs.body }}", value: true } }
                    - { uses: env/set, with: { file: ./web.env, values: { B: "1", A: "2" } } }
            """, "many.yaml", StepCatalog.BuiltIn);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity == ProblemSeverity.Error);
        var inputs = loaded.Playbook!.Inputs.ToDictionary(input => input.Key, input => (JsonElement)input.Value.Default!);

        var targets = services.GetRequiredService<LeaseTargets>().NamedBy(loaded.Playbook, inputs);

        Assert.Equal(["POST https://deploy.example.com/releases", "env:web.env#A", "env:web.env#B", "flag:bar"], targets);
    }

    [Theory]
    [InlineData("env/set", "env:web.env#A,B", "env:web.env#B,C", true)]
    [InlineData("env/set", "env:web.env#A", "env:web.env#B", false)]
    [InlineData("env/set", "env:web.env#A", "env:other.env#A", false)]
    [InlineData("config/gates", "gates:{node}.toml#gates[one,two](rewards)", "gates:{node}.toml#gates[two,three](rewards,witness)", true)]
    [InlineData("config/gates", "gates:{node}.toml#gates[one](rewards)", "gates:{node}.toml#gates[two](rewards)", false)]
    [InlineData("config/gates", "gates:one.toml#gates[](rewards)", "gates:one.toml#gates[](witness)", false)]
    [InlineData("flag/rollout", "flag:bar", "flag:bar", true)]
    [InlineData("flag/canary", "flag:bar", "flag:baz", false)]
    public void Targets_ShareALease_ExactlyWhereTheyOverlap(string kind, string one, string other, bool overlap)
    {
        using var services = new ServiceCollection().AddLogging().AddInMemoryRolloutStores().AddRolloutActivities().BuildServiceProvider();
        var activity = services.GetRequiredService<StepActivities>().FindReversible(kind)!;

        Assert.Equal(overlap, activity.Overlap(one, other));
        Assert.Equal(overlap, activity.LeasesOf(one).Intersect(activity.LeasesOf(other)).Any());
    }

    private LeaseKeeper Keeper() => new(_leases, new ToldLives(_lives), _time);

    private StepRig Rig() => new(services => services.AddSingleton<TimeProvider>(_time).AddSingleton<ILeases>(_leases).AddSingleton<IRunLives>(new ToldLives(_lives)));

    /// <summary>What the test says; a run that it does not name is absent.</summary>
    private sealed class ToldLives(Dictionary<string, RunLife> lives) : IRunLives
    {
        public ValueTask<RunLife> OfAsync(string runId, CancellationToken cancellation = default) => new(lives.GetValueOrDefault(runId));
    }
}
