using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Phase2Api;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>The gateway of phase2-api, the same program that is shipped as its sample, and the GitHub where its repository lies.</summary>
internal sealed class Phase2Scene : IAsyncDisposable
{
    public const string Flag = "phase2_v2";

    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private const string Repository = "phase2/gateway";

    private readonly VirtualTimeProvider clock;
    private readonly Phase2Switches switches = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication gateway = null!;
    private FakeGitHub gitHub = null!;
    private string token = "";

    private Phase2Scene(VirtualTimeProvider clock) => this.clock = clock;

    /// <summary>What goes wrong at the gateway.</summary>
    public Faults Faults => gateway.Services.GetRequiredService<Faults>();

    /// <summary>The release issue and the incidents.</summary>
    public IReadOnlyList<FakeIssue> Issues => gitHub.Repository(Repository).Issues;

    /// <summary>Who is in the lab.</summary>
    public IReadOnlyList<string> LabUsers { get; set; } = ["group:lab"];

    private Uri Address => new(gateway.Urls.Single());

    /// <summary>Where the run has its thread; null: the host is not connected to Slack.</summary>
    public FakeSlack? Slack { get; private init; }

    /// <summary>The gateway with the GitHub and the Slack of its people.</summary>
    public static async Task<Phase2Scene> WithSlackAsync()
    {
        var clock = ScenarioStart.Clock();
        return await StartAsync(new Phase2Scene(clock) { Slack = await FakeSlack.StartAsync(clock, channel: Shipped.Load("phase2-api").Channels.Slack!.Channel) });
    }

    public static Task<Phase2Scene> StartAsync(params IReadOnlyList<string> redChecks) => StartAsync(new Phase2Scene(ScenarioStart.Clock()), redChecks);

    private static async Task<Phase2Scene> StartAsync(Phase2Scene scene, params IReadOnlyList<string> redChecks)
    {
        scene.gitHub = await FakeGitHub.StartAsync(scene.clock);
        var repository = scene.gitHub.AddRepository(Repository);
        scene.token = scene.gitHub.AddToken(scene.gitHub.AddUser(500, "rollout"));
        foreach (var name in new[] { "build", "phase1-on-phase2", "shim-coverage" })
            repository.CheckRuns.Add(new FakeCheckRun(name, Commit, "completed", redChecks.Contains(name) ? "failure" : "success") { Id = repository.CheckRuns.Count + 1, StartedAt = scene.clock.GetUtcNow(), CompletedAt = scene.clock.GetUtcNow() });
        scene.gateway = Phase2ApiApp.Build(new Phase2ApiOptions { Urls = "http://127.0.0.1:0" }, scene.clock, scene.switches);
        await scene.gateway.StartAsync();
        return scene;
    }

    /// <summary>Starts a run of the playbook as it is shipped, or of a part of it.</summary>
    public async Task<ShippedRollout> RunAsync(Playbook? playbook = null)
    {
        var run = await ShippedRollout.StartAsync(Start(playbook ?? Shipped.Load("phase2-api")), flags =>
        {
            switches.Flags = flags;
            return Task.CompletedTask;
        });
        switches.Root = run.Root;
        return run;
    }

    /// <summary>What the gateway answers at this path.</summary>
    public async Task<JsonElement> AskAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri(Address, path)));

    /// <summary>What an audience was told, in order.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string audience) =>
        [.. (await AskAsync("announcements")).EnumerateArray().Where(told => told.GetProperty("audience").GetString() == audience).Select(told => told.GetProperty("text").GetString()!)];

    /// <summary>The status with which the gateway answers a user.</summary>
    public async Task<int> StatusOfAsync(string path, string user, string group)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.Add("X-User", user);
        request.Headers.Add("X-Group", group);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await gateway.StopAsync(new CancellationToken(canceled: true));
        await gateway.DisposeAsync();
        await gitHub.DisposeAsync();
        if (Slack is not null) await Slack.DisposeAsync();
    }

    private Dictionary<string, object> SlackSettings() =>
        Slack is null ? [] : new() { ["slack"] = new { botToken = "slack", team = Slack.Team, apiUrl = Slack.Api } };

    private ShippedStart Start(Playbook playbook)
    {
        var origin = Address.GetLeftPart(UriPartial.Authority);
        var announcements = new { url = new Uri(Address, "announcements") };
        return new ShippedStart
        {
            Playbook = playbook,
            Settings = new Dictionary<string, object>(SlackSettings())
            {
                ["allowPlaybookPeople"] = true,
                ["files"] = "files",
                ["grants"] = new Dictionary<string, object> { ["phase2-api"] = new { flags = new[] { Flag }, egress = new[] { origin }, files = new[] { "gateway.env", "openapi/*" }, repositories = new[] { Repository } } },
                ["metricSources"] = new Dictionary<string, object> { ["gateway"] = new { type = "json", url = new Uri(Address, "status.json") } },
                ["webhooks"] = new Dictionary<string, object> { ["engineering"] = announcements, ["support"] = announcements, ["customers"] = announcements, ["ops"] = announcements },
                ["gitHub"] = new { apiUrl = gitHub.Address, token = "github", writeInterval = "0s" },
                ["secrets"] = new Dictionary<string, object> { ["github"] = new { env = "GITHUB_TOKEN" }, ["slack"] = new { env = "SLACK_TOKEN" } },
            },
            Environment = new Dictionary<string, string> { ["GITHUB_TOKEN"] = token, ["SLACK_TOKEN"] = Slack?.BotToken ?? "" },
            Inputs = new { gatewayUrl = origin, commit = Commit, labUsers = LabUsers },
            Files = new Dictionary<string, string>
            {
                ["files/gateway.env"] = "# The gateway reads this at each request.\nPHASE2_ENABLED=false\nPHASE2_DEFAULT=v1\nWORKERS=4\n",
                ["files/openapi/phase1.yaml"] = File.ReadAllText(ShippedPlaybooks.Tests.Repository.PathOf("samples", "Phase2Api", "contracts", "phase1.yaml")),
                ["files/openapi/phase2.yaml"] = File.ReadAllText(ShippedPlaybooks.Tests.Repository.PathOf("samples", "Phase2Api", "contracts", "phase2.yaml")),
            },
            Time = clock,
        };
    }
}
