using System.Security.Cryptography;

namespace RolloutWorkflows.Cli;

/// <summary>A swarm of nodes with a ledger, checkpoints that the council signs, and its gateway; what both playbooks of the swarm run on.</summary>
internal abstract class SwarmScene : DemoScene
{
    private const string Checkpoints = "checkpoints";
    private const string Files = "files";

    private static readonly string[] Targets = ["ledger", "isolated-mesh", "core-1", "core-2", "core-3", "olga", "oscar", "otto", "omar"];

    public override DemoProgram Sample { get; } = new("SwarmLedger", "swarm-ledger");

    public override void Prepare(DemoPlace place)
    {
        using var council = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(place.FileAt("keys", "council.key"), council.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(place.FileAt("keys", "council.pub"), council.ExportSubjectPublicKeyInfoPem());
    }

    public override IEnumerable<string> SampleArguments(DemoPlace place, Playbooks.Playbook playbook) =>
        ["--catalog", place.FileAt(Files, Checkpoints), "--key", place.FileAt("keys", "council.key")];

    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) => new Dictionary<string, object> { ["councilUrl"] = place.SampleOrigin };

    public override IReadOnlyDictionary<string, object> Settings(DemoPlace place)
    {
        var announcements = new { url = new Uri(place.Sample, "announcements") };
        return new Dictionary<string, object>
        {
            ["files"] = Files,
            ["signers"] = new { council = "keys/council.pub" },
            ["snapshots"] = Targets.ToDictionary(target => target, target => new
            {
                catalog = Checkpoints,
                signedBy = "council",
                state = new Uri(place.Sample, target switch { "ledger" => "state", "isolated-mesh" => "mesh/state", _ => $"nodes/{target}/state" }),
                restore = new Uri(place.Sample, "restore"),
            }),
            ["commands"] = new Dictionary<string, object> { ["reset-local-stores"] = Tool(place, "reset"), ["replay-signed-logs"] = Tool(place, "replay") },
            ["grants"] = new Dictionary<string, object>
            {
                ["swarm-*"] = new { flags = new[] { "credits_*" }, egress = new[] { place.SampleOrigin }, commands = new[] { "reset-local-stores", "replay-signed-logs" }, snapshots = Targets },
            },
            ["metricSources"] = new { telemetry = new { type = "json", url = new Uri(place.Sample, "telemetry.json"), timeoutSeconds = 2 } },
            ["webhooks"] = new { operators = announcements, community = announcements, ops = announcements },
        };
    }

    /// <summary>Whether the ledger and the council's decisions are as they should be.</summary>
    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        var council = await end.Sample.GetAsync("governance", cancellation);
        var (endorsed, readOnly, quiesced) = (council.GetProperty("endorsed").GetBoolean(), council.GetProperty("readOnly").GetBoolean(), council.GetProperty("quiesced").GetBoolean());
        end.Terminal.Line($"The swarm says: claims are {(endorsed ? "endorsed" : "not endorsed")}, nodes {(readOnly ? "read only" : "take payloads")}, peers {(quiesced ? "are quiet" : "talk")}.");
        List<string> problems = [];
        if (readOnly || quiesced) problems.Add("expected nodes to take payloads and peers to talk");
        if (endorsed != ExpectsEndorsed(end)) problems.Add($"expected claims to be {(endorsed ? "not endorsed" : "endorsed")}");
        return problems;
    }

    /// <summary>Whether the council endorses claims at the end.</summary>
    protected abstract bool ExpectsEndorsed(DemoEnd end);

    private object Tool(DemoPlace place, string verb) => new { file = DotnetHost.Path, arguments = new[] { Sample.Find(place.Repository), verb, place.SampleOrigin } };
}
