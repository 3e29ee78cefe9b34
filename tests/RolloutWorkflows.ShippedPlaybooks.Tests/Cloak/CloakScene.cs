using System.Text.RegularExpressions;
using CloakMarketplace;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>
/// cloak-marketplace with all that stands around it: the marketplace itself on the run's clock, its environment file and
/// tracker, GitHub, and people who attach the documents that the run asks for.
/// </summary>
internal sealed partial class CloakScene : IAsyncDisposable
{
    public const string Repository = "cloak/marketplace";

    /// <summary>What stands in the environment file before the run.</summary>
    public const string EnvironmentBefore = "# marketplace\nPRICE_FEED=chainlink\nCLOAK_MARKETPLACE_ENABLED=false\nCLOAK_MARKETPLACE_WEB_ENABLED=false\nCLOAK_MARKETPLACE_MOBILE_ENABLED=false\n";

    /// <summary>What the repository's branch main points to.</summary>
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private const string People = """
        persons: { ada: {}, grace: {}, linus: {}, margaret: {}, barbara: {}, edsger: {} }
        groups:
          marketplace-on-call: [ada, grace, linus]
          payment-reviewers: [margaret, barbara]
          marketplace-leads: [edsger]
        """;

    private static readonly (string Stage, string Document, string Text)[] Evidence =
    [
        ("web-operator-beta", "paid-run-evidence", "42 paid runs, each with its settlement"),
        ("mobile-beta", "mobile-paid-run", "paid run on mobile: succeeded, paid 0.02 USDC, settled"),
    ];

    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("rollout-cloak-");
    private readonly FlagAudience audience = new();
    private WebApplication market = null!;

    public VirtualTimeProvider Time { get; } = ScenarioStart.Clock();

    public FakeGitHub GitHub { get; private set; } = null!;

    /// <summary>Who starts the run; by default one of the owner's people.</summary>
    public string StartedBy { get; init; } = "ada";

    /// <summary>False: nobody attaches anything.</summary>
    public bool HasClerk { get; set; } = true;

    /// <summary>Who is asked to test on mobile.</summary>
    public IReadOnlyList<string> MobileTesters { get; set; } = [.. Visitors.Numbered("tester", 4)];

    public Faults Faults => market.Services.GetRequiredService<Faults>();

    public string Environment => File.ReadAllText(Path.Combine(files.FullName, "marketplace.env"));

    public string TrackerFile => Path.Combine(files.FullName, "phase-tracker.md");

    /// <summary>The tracker's lines as people read them.</summary>
    public IReadOnlyList<string> Tracker => [.. File.ReadAllLines(TrackerFile).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line.Split(" <!--")[0])];

    public static async Task<CloakScene> StartAsync(string startedBy = "ada")
    {
        var scene = new CloakScene { StartedBy = startedBy };
        await File.WriteAllTextAsync(Path.Combine(scene.files.FullName, "marketplace.env"), EnvironmentBefore);
        await File.WriteAllTextAsync(scene.TrackerFile, "# Phases\n");
        scene.GitHub = await FakeGitHub.StartAsync(scene.Time);
        scene.GitHub.AddRepository(Repository);
        foreach (var check in new[] { "marketplace-api", "extension-typecheck", "extension-build" }) scene.GitHub.Conclude(Repository, check, "success");
        scene.market = MarketApp.Build(new MarketOptions { Urls = "http://127.0.0.1:0", EnvironmentFile = Path.Combine(scene.files.FullName, "marketplace.env") }, scene.Time, scene.audience);
        await scene.market.StartAsync();
        return scene;
    }

    /// <summary>Starts the run.</summary>
    public Task<ShippedRollout> RunAsync(Playbook? playbook = null) => ShippedRollout.StartAsync(Start(playbook ?? Shipped.Load("cloak-marketplace")), flags =>
    {
        audience.Flags = flags;
        return Task.CompletedTask;
    });

    /// <summary>Lets the run come to the soak of a stage, and cuts those before it short.</summary>
    public static Task SoakOfAsync(ShippedRollout run, string stage) =>
        run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

    /// <summary>The marketplace stops answering.</summary>
    public Task StopMarketAsync() => market.StopAsync();

    /// <summary>What the status page, the integrators or those who are on call were told.</summary>
    public IReadOnlyList<string> Told(string who) => market.Services.GetRequiredService<Notices>().Of(who);

    public async ValueTask DisposeAsync()
    {
        await market.DisposeAsync();
        await GitHub.DisposeAsync();
        files.Delete(recursive: true);
    }

    private ShippedStart Start(Playbook playbook)
    {
        var origin = market.Urls.First();
        var account = GitHub.AddUser(4242, "rollout-bot");
        return new ShippedStart
        {
            Playbook = playbook,
            StartedBy = StartedBy,
            Time = Time,
            Files = new Dictionary<string, string> { ["people.yaml"] = People },
            Environment = new Dictionary<string, string> { ["GITHUB_TOKEN"] = GitHub.AddToken(account) },
            Settings = new
            {
                people = "people.yaml",
                files = files.FullName,
                secrets = new { github = new { env = "GITHUB_TOKEN" } },
                gitHub = new { apiUrl = GitHub.Address.GetLeftPart(UriPartial.Authority), token = "github", writeInterval = "0s" },
                grants = new Dictionary<string, object> { ["cloak-marketplace"] = new { flags = new[] { "cloak_marketplace_*" }, files = new[] { "marketplace.env", "phase-tracker.md" }, repositories = new[] { Repository }, egress = new[] { origin } } },
                metricSources = new Dictionary<string, object> { ["telemetry"] = new { type = "json", url = new Uri(new Uri(origin), "telemetry") } },
                webhooks = new Dictionary<string, object> { ["integrators"] = new { url = new Uri(new Uri(origin), "notices/integrators") }, ["statuspage"] = new { url = new Uri(new Uri(origin), "notices/statuspage") }, ["ops"] = new { url = new Uri(new Uri(origin), "notices/ops") } },
            },
            Inputs = new { marketplaceUrl = origin, commit = Commit, mobileTesters = MobileTesters },
            Beside = AttachAsync,
            Outside = () => Task.FromResult(Environment),
        };
    }

    /// <summary>The clerk: gives the run what it holds for, and each beta its evidence.</summary>
    private async Task<bool> AttachAsync(RolloutScenario run, RunStatus status)
    {
        if (!HasClerk) return false;
        if (status.State == RunState.Holding && Wanted().Match(status.Because) is { Success: true } wanted)
        {
            // Tests take their time; what was attached no later than a rollback does not count after it.
            await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
            await run.WhenAttachedAsync(wanted.Groups[1].Value, $"all green at {run.Now:O}", "grace");
            await run.WhenAsync(RunVerb.Retry, "grace", "attached");
            return true;
        }

        foreach (var (stage, document, text) in Evidence.Where(evidence => evidence.Stage == status.Stage && status.State == RunState.Soaking))
        {
            if (status.Documents.Any(known => known.Name == document && known.At >= status.Stages.First(one => one.Name == stage).OpenedAt)) continue;
            await run.WhenAttachedAsync(document, text, "linus");
            return true;
        }

        return false;
    }

    [GeneratedRegex(@"rollout attach \S+ --document (\S+) FILE")]
    private static partial Regex Wanted();
}
