using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests;

/// <summary>
/// A run of a shipped playbook on the real engine and the real activities, on a host that is configured by a host.json as a
/// server is, with stores in memory and virtual time.
/// </summary>
internal sealed class ShippedRollout : IAsyncDisposable
{
    public const string RunId = "run-1";

    /// <summary>No playbook takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(120);

    private const int MostLooksAtAHold = 30;

    private readonly ShippedStart start;
    private readonly DirectoryInfo folder;
    private readonly HostConfiguration configuration;
    private readonly HostLocations locations;

    private ShippedRollout(ShippedStart start, DirectoryInfo folder, HostConfiguration configuration, HostLocations locations, RolloutScenario scenario) =>
        (this.start, this.folder, this.configuration, this.locations, Scenario) = (start, folder, configuration, locations, scenario);

    /// <summary>The run: commands, record, flags, status.</summary>
    public RolloutScenario Scenario { get; }

    /// <summary>The world as it was before the run started.</summary>
    public required IReadOnlyDictionary<string, string> WorldBefore { get; init; }

    /// <summary>The host's root folder.</summary>
    public string Root => folder.FullName;

    /// <summary>Starts the run; fails where a real server would refuse it.</summary>
    public static async Task<ShippedRollout> StartAsync(ShippedStart start, Func<IFlagStore, Task>? before = null)
    {
        var folder = Directory.CreateTempSubdirectory("rollout-shipped-");
        foreach (var (path, text) in start.Files)
        {
            var file = Path.GetDirectoryName(path) is { Length: > 0 } below ? folder.CreateSubdirectory(below) : folder;
            await File.WriteAllTextAsync(Path.Combine(file.FullName, Path.GetFileName(path)), text);
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), JsonSerializer.Serialize(new { version = "2.0", extensions = new { rollout = start.Settings } }));
        var configuration = HostConfigurationReader.Read(folder.FullName, start.Environment);
        var locations = HostLocations.Of(new HostSettings { Root = folder.FullName }, configuration);
        IReadOnlyDictionary<string, string> world = new Dictionary<string, string>();
        var scenario = await RolloutScenario.GivenAsync(new ScenarioStart
        {
            Run = RunOf(start, RunId, new PeopleDirectory(locations, configuration).Of(start.Playbook), configuration.Rollout),
            Services = services => start.Services(services.AddSources(configuration, locations)),
            Time = start.Time,
            Replay = start.Replay,
            Before = async flags =>
            {
                if (before is not null) await before(flags);
                world = await WorldAsync(flags, folder, start.Outside);
            },
        });
        return new ShippedRollout(start, folder, configuration, locations, scenario) { WorldBefore = world };
    }

    /// <summary>Starts another run of the playbook on the same host, with what the earlier ones left; it is the one that is looked at from now on.</summary>
    public Task StartAnotherAsync(string runId, object inputs) => Scenario.WhenAnotherRunStartsAsync(
        RunOf(start with { Inputs = inputs }, runId, new PeopleDirectory(locations, configuration).Of(start.Playbook), configuration.Rollout));

    /// <summary>Lets people approve and time pass until the run is as expected; fails with the whole record where it never is.</summary>
    /// <param name="reached">What is waited for.</param>
    /// <param name="expected">The same in words.</param>
    /// <param name="skipsSoaks">True: an admin ends every soak after its first minutes.</param>
    /// <param name="pace">How much time passes between two looks.</param>
    public async Task UntilAsync(Func<RunStatus, bool> reached, string expected, bool skipsSoaks = false, TimeSpan? pace = null)
    {
        var until = Scenario.Now + Patience;
        var heldLooks = 0;
        while (Scenario.Now < until)
        {
            var run = await Scenario.StatusAsync();
            if (reached(run)) return;
            // Nobody but the test itself would let a held run go on.
            heldLooks = run.State is RunState.Holding or RunState.RolledBack ? heldLooks + 1 : 0;
            if (RunTransitions.IsFinal(run.State) || heldLooks > MostLooksAtAHold) break;
            if (await start.Beside(Scenario, run)) continue;
            if (await AnswerAsync(run)) continue;
            await Scenario.WhenTimePassesAsync(pace ?? TimeSpan.FromMinutes(5));
            if (skipsSoaks && run is { State: RunState.Soaking } && run.Accepts.Contains(RunVerb.Promote)) await Scenario.WhenAsync(RunVerb.Promote, "root", "the test has seen enough", isAdmin: true);
        }

        var last = await Scenario.StatusAsync();
        Assert.Fail($"expected {expected}, got {last.State}: {last.Because}\n{await RecordTextAsync()}");
    }

    /// <summary>Everybody who is asked says yes. True where somebody was.</summary>
    public async Task<bool> AnswerAsync(RunStatus run)
    {
        foreach (var approval in run.OpenApprovals)
        {
            var voters = approval.Electorate.Count == 0 ? ["grace"] : approval.Electorate;
            foreach (var person in voters.Where(person => approval.Votes.All(vote => vote.Person != person)).Take(Math.Max(1, approval.Needed - approval.Votes.Count)))
                await Scenario.WhenAsync(RunVerb.Approve, person, "looks good", approval.ApprovalId);
        }

        return run.OpenApprovals.Count > 0;
    }

    /// <summary>All flags, all files of the host's folder, and what stands outside, each as a text to compare.</summary>
    public Task<IReadOnlyDictionary<string, string>> WorldAsync() => WorldAsync(Scenario.Flags, folder, start.Outside);

    public async Task<string> RecordTextAsync() =>
        string.Join('\n', (await Scenario.RecordAsync()).Select(entry => $"{entry.At:MM-dd HH:mm:ss} {entry.Kind} {entry.Message}"));

    public async ValueTask DisposeAsync()
    {
        await Scenario.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<IReadOnlyDictionary<string, string>> WorldAsync(IFlagStore flags, DirectoryInfo folder, Func<Task<string>> outside)
    {
        var world = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["outside"] = await outside() };
        // A flag that nobody has is no other than one that is not there.
        foreach (var flag in (await flags.ListAsync()).Where(flag => flag.Kind == FlagKind.Percentage ? flag.Percent > 0 || flag.Canary.Enabled : flag.Enabled))
            world[$"flag {flag.Name}"] = $"{flag.Kind} {flag.Enabled} {flag.Percent} % canary {flag.Canary.Enabled} [{string.Join(", ", flag.Canary.Users)}]";
        // The server's own data is no part of the world that it changes.
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(folder.FullName, file.FullName).StartsWith(".rollout", StringComparison.Ordinal)))
            world[Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/')] = await File.ReadAllTextAsync(file.FullName);
        return world;
    }

    private static RolloutInput RunOf(ShippedStart start, string runId, People people, RolloutSettings settings)
    {
        var given = JsonSerializer.SerializeToElement(start.Inputs).EnumerateObject().ToDictionary(input => input.Name, input => input.Value.Clone());
        var inputs = InputBinder.Bind(start.Playbook, given);
        Assert.Empty(inputs.Problems);
        var channels = start.Playbook.Channels.ReleaseIssue is not null && settings.GitHub.ApiUrl is not null ? [StageControl.DocumentedIn] : Array.Empty<string>();
        Assert.Empty(StartChecks.Obstacles(start.Playbook, inputs.Values!, people, start.StartedBy, settings, StepCatalog.BuiltIn, channels));
        return new RolloutInput
        {
            RunId = runId,
            Playbook = start.Playbook,
            PlaybookDigest = "shipped",
            Inputs = inputs.Values!,
            People = people,
            StartedBy = start.StartedBy,
        };
    }
}
