using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A catalog of signed snapshots on disk, and a ledger that tells its state and restores them.</summary>
internal sealed class SnapshotRig : IAsyncDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rollout-snapshots-");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private LoopbackServer server = null!;

    public StepRig Rig { get; private set; } = null!;

    /// <summary>What the ledger holds, by path.</summary>
    public Dictionary<string, string> Ledger { get; set; } = new() { ["balances.json"] = "{}", ["nonces.json"] = "{}" };

    /// <summary>The keys of the requests to restore that the ledger took.</summary>
    public List<string> Restores { get; } = [];

    /// <summary>True: it takes requests to restore, and does nothing.</summary>
    public bool IsStuck { get; set; }

    /// <summary>False: its files are not told.</summary>
    public bool TellsFiles { get; set; } = true;

    /// <summary>The status of its answers to a request to restore.</summary>
    public int Status { get; set; } = 202;

    public static async Task<SnapshotRig> StartAsync(string? restoreScript = null)
    {
        var rig = new SnapshotRig();
        rig.server = await LoopbackServer.StartAsync(rig.AnswerAsync);
        Directory.CreateDirectory(rig.PathOf("catalog"));
        File.WriteAllText(rig.PathOf("council.pem"), rig.key.ExportSubjectPublicKeyInfoPem());
        var target = new SnapshotTarget
        {
            Catalog = "catalog",
            SignedBy = "council",
            State = new JsonHttpSource { Url = new Uri(rig.server.Address, "/state") },
            RestoreAt = restoreScript is null ? new JsonHttpSource { Url = new Uri(rig.server.Address, "/restore") } : null,
            RestoreBy = restoreScript is null ? null : "restore",
        };
        rig.Rig = new StepRig(services => services
            .AddSingleton(new PlaybookFileOptions { Root = rig.folder.FullName })
            .AddSingleton(new SignerOptions { Files = new Dictionary<string, string> { ["council"] = rig.PathOf("council.pem") } })
            .AddSingleton(new SnapshotOptions { Targets = new Dictionary<string, SnapshotTarget> { ["ledger"] = target } })
            .AddSingleton(new CommandOptions { Folder = rig.PathOf("state"), Root = rig.folder.FullName, Commands = new Dictionary<string, AllowedCommand> { ["restore"] = new() { File = "/bin/sh", Arguments = ["-c", restoreScript ?? "", "restore"] } } }));
        return rig;
    }

    public string PathOf(string file) => Path.Combine(folder.FullName, file);

    /// <summary>Writes a snapshot of these files; signed by whoever is named.</summary>
    public SnapshotManifest Snapshot(string name, int day, Dictionary<string, string>? files = null, bool signed = true, Func<SnapshotManifest, SnapshotManifest>? edit = null)
    {
        var contents = files ?? Ledger;
        var manifest = new SnapshotManifest { Name = name, Created = Day.AddDays(day), Files = FilesOf(contents), Root = SnapshotManifest.RootOf(FilesOf(contents)) };
        if (edit is not null) manifest = edit(manifest);
        var place = folder.CreateSubdirectory($"catalog/{name}").FullName;
        foreach (var (path, text) in contents) File.WriteAllText(Path.Combine(place, path), text);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web);
        File.WriteAllBytes(Path.Combine(place, "manifest.json"), bytes);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Path.Combine(place, "manifest.json.sig"), Convert.ToBase64String((signed ? key : other).SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        return manifest;
    }

    public Task<StepResult> ParityAsync(object with, int day = 10) => Rig.StepAsync(StepRig.Request("snapshot/parity", with) with { At = Day.AddDays(day) });

    public static StepRequest Restore(object with) => StepRig.Request("snapshot/restore", with) with { StartedAt = Day, At = Day, Irreversible = true };

    /// <summary>Calls until the step has ended, as durable timers do.</summary>
    public async Task<StepResult> ToEndAsync(StepRequest request, string? call = null)
    {
        var result = await Rig.StepAsync(request, call);
        for (var at = request.At!.Value; result is { Verdict: StepVerdict.Waiting, Again: { } span };)
        {
            at += span;
            result = await Rig.StepAsync(request with { At = at, Kept = result.Keep });
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        Rig.Dispose();
        await server.DisposeAsync();
        key.Dispose();
        folder.Delete(recursive: true);
    }

    private static List<SnapshotFile> FilesOf(Dictionary<string, string> contents) =>
        [.. contents.Select(file => new SnapshotFile(file.Key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Value))), Encoding.UTF8.GetByteCount(file.Value)))];

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/state")
        {
            await context.Response.WriteAsJsonAsync(new { root = SnapshotManifest.RootOf(FilesOf(Ledger)), files = TellsFiles ? FilesOf(Ledger) : null });
            return;
        }

        context.Response.StatusCode = Status;
        if (Status >= 300) return;
        Restores.Add(context.Request.Headers["Idempotency-Key"]!);
        if (IsStuck) return;
        var wanted = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var place = PathOf($"catalog/{wanted.GetProperty("snapshot").GetString()}");
        Ledger = Directory.EnumerateFiles(place).Where(file => !Path.GetFileName(file).StartsWith("manifest", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
    }
}
