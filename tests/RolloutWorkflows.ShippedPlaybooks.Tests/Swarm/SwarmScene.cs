using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;
using SwarmLedger;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>The swarm of swarm-credits and swarm-hardening, on the run's own clock.</summary>
internal sealed class SwarmScene : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rollout-swarm-");
    private readonly VirtualTimeProvider time = ScenarioStart.Clock();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication app = null!;

    public SwarmLedger.Swarm Swarm => app.Services.GetRequiredService<SwarmLedger.Swarm>();

    public string Url => app.Urls.Single();

    /// <summary>The catalog of checkpoints.</summary>
    public string Catalog => Path.Combine(folder.FullName, "checkpoints");

    public static async Task<SwarmScene> StartAsync(string? fault = null)
    {
        var scene = new SwarmScene();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(scene.folder.FullName, "council.key"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(scene.folder.FullName, "council.pub"), key.ExportSubjectPublicKeyInfoPem());
        // Nothing but the run moves the ledger, so that before and after can be compared.
        var options = new SwarmOptions { Urls = "http://127.0.0.1:0", Catalog = scene.Catalog, Key = Path.Combine(scene.folder.FullName, "council.key"), CheckpointEvery = null, Fault = fault };
        scene.app = SwarmApp.Build(options, scene.time);
        await scene.app.StartAsync();
        return scene;
    }

    /// <summary>What a run of swarm-hardening is started with.</summary>
    public object InputsOf(string candidate) => new { candidate, councilUrl = Url };

    public ShippedStart Start(Playbook playbook, object? inputs = null) => new()
    {
        Playbook = playbook,
        Time = time,
        Settings = new
        {
            allowPlaybookPeople = true,
            files = folder.FullName,
            signers = new { council = Path.Combine(folder.FullName, "council.pub") },
            snapshots = new[] { "ledger", "isolated-mesh", "core-1", "core-2", "core-3", "olga", "oscar", "otto", "omar" }.ToDictionary(target => target, target => new
            {
                catalog = "checkpoints",
                signedBy = "council",
                state = target switch { "ledger" => $"{Url}/state", "isolated-mesh" => $"{Url}/mesh/state", _ => $"{Url}/nodes/{target}/state" },
                restore = $"{Url}/restore",
            }),
            commands = new Dictionary<string, object> { ["reset-local-stores"] = Tool("reset"), ["replay-signed-logs"] = Tool("replay") },
            grants = new Dictionary<string, object> { ["swarm-*"] = new { flags = new[] { "credits_*" }, egress = new[] { Url }, commands = new[] { "*" }, snapshots = new[] { "*" } } },
            metricSources = new { telemetry = new { type = "json", url = $"{Url}/telemetry.json" } },
            webhooks = new { operators = new { url = $"{Url}/announcements" }, community = new { url = $"{Url}/announcements" }, ops = new { url = $"{Url}/announcements" } },
        },
        Inputs = With(inputs ?? new { }),
        Outside = OutsideAsync,
    };

    /// <summary>The digest of what the isolated mesh holds.</summary>
    public Task<string> MeshRootAsync() => RootAsync("mesh/state");

    /// <summary>The digest of the ledger that holds everybody's credits.</summary>
    public Task<string> LedgerRootAsync() => RootAsync("state");

    /// <summary>The council's decisions, the modes, the candidate, and the ledger's root.</summary>
    public async Task<string> OutsideAsync() =>
        $"candidate {Swarm.Candidate}, endorsed {Swarm.Endorsed}, read-only {Swarm.ReadOnly}, quiesced {Swarm.Quiesced}, {await LedgerRootAsync()}";

    /// <summary>What the steps on the way back came to.</summary>
    public static async Task<IReadOnlyDictionary<string, StepVerdict>> WayBackAsync(ShippedRollout run) =>
        (await run.Scenario.StatusAsync()).Rollback!.Steps.ToDictionary(step => step.StepId, step => step.Verdict);

    /// <summary>What people were shown of steps while they went on, in the order in which it was.</summary>
    public async Task<IReadOnlyList<string>> ProgressAsync(ShippedRollout run) =>
    [
        .. (await run.Scenario.Host.Administration.GetHistoryAsync(ShippedRollout.RunId)).OfType<EventRaised>()
            .Select(raised => raised.Payload).OfType<string>().Where(text => text.Contains(" runs of ", StringComparison.Ordinal)),
    ];

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<string> RootAsync(string path) => (await http.GetFromJsonAsync<JsonElement>($"{Url}/{path}")).GetProperty("root").GetString()!;

    private Dictionary<string, object?> With(object inputs)
    {
        var all = JsonSerializer.SerializeToElement(inputs).EnumerateObject().ToDictionary(input => input.Name, input => (object?)input.Value.Clone());
        all["councilUrl"] = Url;
        return all;
    }

    private object Tool(string verb) => new { file = "dotnet", arguments = new[] { Path.Combine(AppContext.BaseDirectory, "swarm-ledger.dll"), verb, Url } };
}
