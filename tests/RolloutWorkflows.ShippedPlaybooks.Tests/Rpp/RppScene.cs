using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;
using RppChain;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>The chain of rpp-chain in this process, on the run's own clock, with real files and a GitHub beside it.</summary>
internal sealed class RppScene : IAsyncDisposable
{
    public const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private const string Token = "ghp_scene";

    private static readonly string Sample = Repository.PathOf("samples", "RppChain");

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("rpp-files-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ECDsa _archive = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication _app = null!;

    private RppScene()
    {
    }

    public VirtualTimeProvider Time { get; } = ScenarioStart.Clock();

    public Chain Chain { get; private set; } = null!;

    public FakeGitHub GitHub { get; private set; } = null!;

    public FakeRepository Project { get; private set; } = null!;

    /// <summary>The nodes' dry run: the sample's own program. False: one that always passes, which is quicker.</summary>
    public bool IsDryRunReal { get; set; }

    /// <summary>The revision that the run is started for.</summary>
    public string BuiltFrom { get; set; } = Commit;

    /// <summary>Testnet's window.</summary>
    public (string Start, string End) Window { get; set; } = ("2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z");

    /// <summary>Mainnet's maintenance window.</summary>
    public (string Start, string End) Maintenance { get; set; } = ("2026-03-02T12:00:00Z", "2026-05-01T00:00:00Z");

    /// <summary>The issues that incidents are.</summary>
    public IEnumerable<FakeIssue> Incidents => Project.Issues.Where(issue => issue.Labels.Contains("incident"));

    /// <summary>The issue in which the run is documented, with its comments.</summary>
    public string IssueText
    {
        get
        {
            var issue = Project.Issues.Single(issue => !issue.Labels.Contains("incident"));
            return string.Join('\n', [issue.Body, .. issue.Comments.Select(comment => comment.Body)]);
        }
    }

    public static async Task<RppScene> StartAsync()
    {
        var scene = new RppScene();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sample, "files"), "*", SearchOption.AllDirectories))
        {
            var copy = scene.PathOf(Path.GetRelativePath(Path.Combine(Sample, "files"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        scene.Edit("archive.pub", _ => scene._archive.ExportSubjectPublicKeyInfoPem());
        scene.SignSnapshot("height-4200", manifest => manifest);
        (scene._app, scene.Chain) = ChainApp.Build(new ChainOptions { Urls = "http://127.0.0.1:0", Files = scene._files.FullName }, scene.Time);
        await scene._app.StartAsync();
        scene.GitHub = await FakeGitHub.StartAsync(scene.Time);
        scene.GitHub.AddToken(scene.GitHub.AddUser(1, "rollouts"), token: Token);
        scene.Project = scene.GitHub.AddRepository("rpp/chain");
        scene.Project.EndsWorkflowsAs = "success";
        scene.GitHub.Conclude("rpp/chain", "integration", "success");
        scene.GitHub.Conclude("rpp/chain", "property", "success");
        return scene;
    }

    /// <summary>The playbook with the guardrails of every stage once an hour, where days pass that nobody looks at.</summary>
    public static Playbook Leisurely()
    {
        var playbook = Shipped.Load("rpp-chain");
        return playbook with { Guardrails = [.. playbook.Guardrails.Select(guardrail => guardrail with { Interval = TimeSpan.FromHours(1) })] };
    }

    /// <summary>Starts a run of the playbook as it is shipped, or of a part of it.</summary>
    public Task<ShippedRollout> RunAsync(Playbook? playbook = null) => ShippedRollout.StartAsync(Start(playbook ?? Shipped.Load("rpp-chain")));

    /// <summary>A run that is in the soak of a stage; what comes before is cut short.</summary>
    public async Task<ShippedRollout> SoakingAsync(string stage)
    {
        var run = await RunAsync();
        await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true);
        return run;
    }

    /// <summary>What an audience was told, in order.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string audience) =>
        [.. (await _http.GetFromJsonAsync<string[]>($"{Origin}/announcements"))!.Select(told => JsonSerializer.Deserialize<JsonElement>(told))
            .Where(told => told.GetProperty("audience").GetString() == audience).Select(told => told.GetProperty("text").GetString()!)];

    /// <summary>What the chain answers to a new governance proposal.</summary>
    public async Task<int> ProposeAsync()
    {
        using var answer = await _http.PostAsync($"{Origin}/governance/proposals", null);
        return (int)answer.StatusCode;
    }

    private ShippedStart Start(Playbook playbook) => new()
    {
        Playbook = playbook,
        Time = Time,
        Environment = new Dictionary<string, string> { ["SCENE_TOKEN"] = Token },
        Settings = new
        {
            allowPlaybookPeople = true,
            files = _files.FullName,
            signers = new { release = Path.Combine(Sample, "keys", "release.pub"), archive = PathOf("archive.pub") },
            secrets = new Dictionary<string, object> { ["github"] = new { env = "SCENE_TOKEN" } },
            gitHub = new { apiUrl = GitHub.Address.GetLeftPart(UriPartial.Authority), token = "github", writeInterval = "0s" },
            metricSources = new Dictionary<string, object>
            {
                ["telemetry"] = new { type = "json", url = new Uri(Origin + "/metrics.json") },
                ["alerts"] = new { provider = "prometheus", address = Origin },
            },
            webhooks = new Dictionary<string, object> { ["validators"] = new { url = Origin + "/announcements" }, ["public"] = new { url = Origin + "/announcements" }, ["ops"] = new { url = Origin + "/announcements" } },
            commands = new Dictionary<string, object> { ["check-config"] = IsDryRunReal ? new { file = Path.Combine(AppContext.BaseDirectory, "rpp-chain"), arguments = new[] { "--files", _files.FullName, "--check-config" } } : new { file = "true" } },
            snapshots = new Dictionary<string, object> { ["storage"] = new { catalog = "snapshots/storage", signedBy = "archive", state = Origin + "/storage/state", restore = new { url = Origin + "/storage/restore" } } },
            grants = new Dictionary<string, object>
            {
                ["rpp-*"] = new
                {
                    files = new[] { "nodes/*", "config/*", "releases/*" },
                    egress = new[] { Origin },
                    commands = new[] { "check-config" },
                    snapshots = new[] { "storage" },
                    repositories = new[] { "rpp/chain" },
                    workflows = new[] { "rpp/chain:*" },
                },
            },
        },
        Inputs = new { commit = BuiltFrom, chain = Origin, windowStart = Window.Start, windowEnd = Window.End, maintenanceStart = Maintenance.Start, maintenanceEnd = Maintenance.End },
        Outside = () => Task.FromResult(WorldText()),
    };

    /// <summary>The storage's state, and whether its log was replayed.</summary>
    public (string Root, bool IsReplayed) Storage => Chain.WithStorage(storage => (storage.Root, storage.IsReplayed));

    public string Origin => new Uri(_app.Urls.Single()).GetLeftPart(UriPartial.Authority);

    /// <summary>The names of the nodes whose gate is on.</summary>
    public IEnumerable<string> NodesWith(string gate) => Directory.EnumerateDirectories(PathOf("nodes")).Order(StringComparer.Ordinal)
        .Where(node => NodeConfig.Load(File.ReadAllText(Path.Combine(node, "node.toml"))).Has(gate)).Select(node => Path.GetFileName(node)!);

    public void Edit(string file, Func<string, string> edit) => File.WriteAllText(PathOf(file), edit(File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : ""));

    /// <summary>Signs a snapshot whose manifest is made of the shipped one's; its files are that one's.</summary>
    public void SignSnapshot(string name, Func<string, string> change)
    {
        var (shipped, signed) = ("snapshots/storage/height-4200", $"snapshots/storage/{name}");
        Directory.CreateDirectory(PathOf(signed));
        if (name != "height-4200") File.Copy(PathOf($"{shipped}/state.json"), PathOf($"{signed}/state.json"));
        var manifest = change(Read($"{shipped}/manifest.json")).Replace("height-4200", name, StringComparison.Ordinal);
        File.WriteAllText(PathOf($"{signed}/manifest.json"), manifest);
        File.WriteAllText(PathOf($"{signed}/manifest.json.sig"), Convert.ToBase64String(_archive.SignData(File.ReadAllBytes(PathOf($"{signed}/manifest.json")), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _archive.Dispose();
        await _app.DisposeAsync();
        await GitHub.DisposeAsync();
        _files.Delete(recursive: true);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    private string PathOf(string file) => Path.Combine(_files.FullName, file);

    private string WorldText() => string.Join('\n', Directory.EnumerateFiles(_files.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(_files.FullName, file)}:\n{File.ReadAllText(file)}")
        .Concat(Chain.Releases.Select(release => $"{release.Key} runs {release.Value}"))
        .Append($"frozen {Chain.IsFrozen}, storage {Storage}"));
}
