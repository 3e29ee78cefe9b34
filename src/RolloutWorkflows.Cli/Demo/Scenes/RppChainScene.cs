using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>A blockchain's nodes, from development over testnet and the canary validators to mainnet.</summary>
internal sealed class RppChainScene : DemoScene
{
    private const string UnknownKey = "unknown-key";

    /// <summary>The commit at the tip of the stand-in's branch, from which the sample's artifact is built.</summary>
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private static readonly string[] Gates = ["malachite_consensus", "timetoke_rewards", "witness_network"];

    public override string Playbook => "rpp-chain";

    public override string Sentence => "A chain's nodes get consensus on testnet, rewards and witnesses on the canary validators, then everything on mainnet: gate by gate in their TOML files, soaked by epochs.";

    public override string Expected => "every node of mainnet equals the profile";

    public override DemoProgram Sample { get; } = new("RppChain", "rpp-chain");

    /// <summary>A day takes two seconds: ten epochs are five.</summary>
    public override double Speed => 43_200;

    public override DemoColumn Column { get; } = new("consensus-latency", "LATENCY", IsShare: false);

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        new("gossip-unstable", "On testnet validators lose gossip once the new consensus is on.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the run switched consensus off again, redeployed the previous release and opened an incident",
            Stage = "testnet",
        },
        new("reward-errors", "On the canary validators rewards are not paid.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the run switched rewards off on the canaries, and left testnet as it was",
            Stage = "canary-rewards",
        },
        new("consensus-stall", "On mainnet consensus stalls once witnesses are on everywhere.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the run went back to the canary configuration, restored the storage and verified its proofs",
            Stage = "mainnet",
            InSoakOf = "mainnet",
        },
        new("peer-lost", "In development an alert pages.")
        {
            Ends = DemoEnding.HoldsAndGoesOn,
            Expected = "the run held while the alert paged, began that soak again and reached mainnet",
            Stage = "development",
            InSoakOf = "development",
        },
        new("chain-halt", "In development the chain halts, its storage is damaged, and it pages.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the run put the previous build back, restored the snapshot, replayed the log and opened an incident",
            Stage = "development",
            InSoakOf = "development",
        },
        new(UnknownKey, "Somebody misspelled a gate in a validator's configuration.")
        {
            Ends = DemoEnding.HoldsAndIsAborted,
            Expected = "the run found the key before it changed anything, and was aborted",
            Stage = "development",
            IsOfSample = false,
        },
    ];

    public override DemoGitHub GitHub(DemoFault? fault) => new()
    {
        Repositories = ["rpp/chain"],
        CheckRuns = ["integration=success", "property=success"],
        Workflows = ["smoke.yml=success", "regression.yml=success"],
    };

    public override IReadOnlyDictionary<string, object> Settings(DemoPlace place)
    {
        var announcements = new { url = new Uri(place.Sample, "announcements") };
        return new Dictionary<string, object>
        {
            ["files"] = "files",
            ["signers"] = new { release = "release.pub" },
            ["metricSources"] = new Dictionary<string, object>
            {
                ["telemetry"] = new { type = "json", url = new Uri(place.Sample, "metrics.json"), timeoutSeconds = 2 },
                ["alerts"] = new { provider = "prometheus", address = place.SampleOrigin, timeoutSeconds = 2 },
            },
            ["webhooks"] = new Dictionary<string, object> { ["validators"] = announcements, ["public"] = announcements, ["ops"] = announcements },
            ["commands"] = new Dictionary<string, object> { ["check-config"] = new { file = DotnetHost.Path, arguments = new[] { Sample.Find(place.Repository), "--files", "files", "--check-config" } } },
            ["snapshots"] = new Dictionary<string, object>
            {
                ["storage"] = new { catalog = "snapshots/storage", signedBy = "release", state = new Uri(place.Sample, "storage/state"), restore = new { url = new Uri(place.Sample, "storage/restore") } },
            },
            ["grants"] = new Dictionary<string, object>
            {
                ["rpp-*"] = new
                {
                    files = new[] { "nodes/*", "config/*", "releases/*" },
                    egress = new[] { place.SampleOrigin },
                    commands = new[] { "check-config" },
                    snapshots = new[] { "storage" },
                    repositories = new[] { "rpp/chain" },
                    workflows = new[] { "rpp/chain:*" },
                },
            },
        };
    }

    public override void Prepare(DemoPlace place)
    {
        var sample = Path.Combine(place.Repository, "samples", Sample.Project);
        var files = Path.Combine(sample, "files");
        foreach (var file in Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories)) File.Copy(file, place.FileAt("files", Path.GetRelativePath(files, file)));
        File.Copy(Path.Combine(sample, "keys", "release.pub"), place.FileAt("release.pub"));
        if (place.Fault?.Name == UnknownKey) File.AppendAllText(place.FileAt("files", "nodes", "val-1", "node.toml"), "witness_netwrk = true\n");
    }

    public override IEnumerable<string> SampleArguments(DemoPlace place, Playbook playbook) => ["--files", Path.Combine(place.Folder, "files")];

    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) => new Dictionary<string, object>
    {
        ["commit"] = Commit,
        ["chain"] = place.SampleOrigin,
        ["windowStart"] = "2020-01-01T00:00:00Z",
        ["windowEnd"] = "2099-01-01T00:00:00Z",
        ["maintenanceStart"] = "2020-01-01T00:00:00Z",
        ["maintenanceEnd"] = "2099-01-01T00:00:00Z",
    };

    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var gate in Gates) end.Terminal.Line($"Gate {gate}: on at {string.Join(", ", NodesWith(end.Place, gate).DefaultIfEmpty("no node"))}.");
        var governance = await end.Sample.GetAsync("governance", cancellation);
        if (governance.GetProperty("frozen").GetBoolean()) problems.Add("expected governance proposals to be taken again");
        var storage = await end.Sample.GetAsync("storage/state", cancellation);
        if (storage.GetProperty("root").GetString() == "sha256:damaged" || !storage.GetProperty("replayed").GetBoolean()) problems.Add("expected the storage to be restored and its log to be replayed");
        string[] canaries = ["canary-1", "canary-2"], mainnet = [.. canaries, "val-1", "val-2"];
        Expect("malachite_consensus", end.GetsThrough ? [.. mainnet, "test-1", "test-2"] : end.Fault?.Name is "reward-errors" or "consensus-stall" ? ["test-1", "test-2"] : []);
        Expect("timetoke_rewards", end.GetsThrough ? mainnet : end.Fault?.Name == "consensus-stall" ? canaries : []);
        Expect("witness_network", end.GetsThrough ? mainnet : end.Fault?.Name == "consensus-stall" ? canaries : []);
        return problems;

        void Expect(string gate, IReadOnlyList<string> nodes)
        {
            var on = NodesWith(end.Place, gate);
            if (!on.SequenceEqual(nodes.Order(StringComparer.Ordinal))) problems.Add($"expected {gate} on at {string.Join(", ", nodes.DefaultIfEmpty("no node"))}, got {string.Join(", ", on.DefaultIfEmpty("no node"))}");
        }
    }

    /// <summary>The nodes whose gate is on, by their own files.</summary>
    private static List<string> NodesWith(DemoPlace place, string gate) =>
        [.. Directory.EnumerateDirectories(Path.Combine(place.Folder, "files", "nodes"))
            .Where(node => File.ReadLines(Path.Combine(node, "node.toml")).Any(line => line.StartsWith(gate, StringComparison.Ordinal) && line.Split('#')[0].TrimEnd().EndsWith("true", StringComparison.Ordinal)))
            .Select(node => Path.GetFileName(node)!)
            .Order(StringComparer.Ordinal)];
}
