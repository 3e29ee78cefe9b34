using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>Phase 2 of an API, from its contract to everybody, while clients of phase 1 go on.</summary>
internal sealed class Phase2ApiScene : DemoScene
{
    private const string Flag = "phase2_v2";
    private const string Repository = "phase2/gateway";

    /// <summary>What the stand-in's branch main points to.</summary>
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private const string Environment = "# The gateway reads this at each request.\nPHASE2_ENABLED=false\nPHASE2_DEFAULT=v1\n";

    public override string Playbook => "phase2-api";

    public override string Sentence => "A gateway opens /v2 to a lab, a beta, one in ten and everybody, while /v1 goes on through shims; each gate has its role.";

    public override string Expected => "phase 2 is with everybody, and clients of phase 1 are served as before";

    public override DemoProgram Sample { get; } = new("Phase2Api", "phase2-api");

    public override DemoColumn Column { get; } = new("error-rate", "ERRORS");

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        Breaks("error-spike", "In the beta one request in twelve of /v2 fails.", "staging"),
        Breaks("slow", "Worldwide /v2 takes half a second.", "global-canary"),
        Breaks("health", "In the lab /v2 says that it is not well.", "internal-lab"),
        new("shim-drift", "The shims answer clients of phase 1 with the words of phase 2.")
        {
            Ends = DemoEnding.HoldsAndGoesOn,
            Expected = "the run held before anything was switched on, the shims were mended, and phase 2 reached everybody",
            Stage = "contract",
        },
        new("contract-break", "The gateway's description no longer keeps the canonical contract.")
        {
            Ends = DemoEnding.HoldsAndIsAborted,
            Expected = "the run named every break and held before anything was switched on",
            Stage = "contract",
        },
    ];

    public override DemoGitHub GitHub(DemoFault? fault) => new()
    {
        Repositories = [Repository],
        CheckRuns = ["build=success", "phase1-on-phase2=success", "shim-coverage=success"],
    };

    public override IReadOnlyDictionary<string, object> Settings(DemoPlace place)
    {
        var announcements = new { url = new Uri(place.Sample, "announcements") };
        return new Dictionary<string, object>
        {
            ["files"] = "files",
            ["grants"] = new Dictionary<string, object>
            {
                [Playbook] = new { flags = new[] { Flag }, egress = new[] { place.SampleOrigin }, files = new[] { "gateway.env", "openapi/*" }, repositories = new[] { Repository } },
            },
            ["metricSources"] = new Dictionary<string, object> { ["gateway"] = new { type = "json", url = new Uri(place.Sample, "status.json"), timeoutSeconds = 5 } },
            ["webhooks"] = new Dictionary<string, object> { ["engineering"] = announcements, ["support"] = announcements, ["customers"] = announcements, ["ops"] = announcements },
        };
    }

    public override void Prepare(DemoPlace place)
    {
        var contracts = Directory.CreateDirectory(Path.Combine(place.Folder, "files", "openapi")).FullName;
        foreach (var contract in new[] { "phase1.yaml", "phase2.yaml" }) File.Copy(Path.Combine(place.Repository, "samples", "Phase2Api", "contracts", contract), Path.Combine(contracts, contract));
        File.WriteAllText(EnvironmentFile(place), Environment);
    }

    public override IEnumerable<string> SampleArguments(DemoPlace place, Playbook playbook) =>
        ["--flags", place.ServerOrigin, "--flag", Flag, "--environment", EnvironmentFile(place)];

    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) =>
        new Dictionary<string, object> { ["gatewayUrl"] = place.SampleOrigin, ["commit"] = Commit };

    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        var status = await end.Sample.GetAsync("status.json", cancellation);
        var (exposed, users) = (status.GetProperty("exposedUsers").GetInt32(), status.GetProperty("users").GetInt32());
        var version = (await end.Sample.GetAsync("version", cancellation)).GetProperty("version").GetString();
        var old = (await end.Sample.GetAsync("v1/runs", cancellation)).GetArrayLength();
        var customers = (await end.Sample.GetAsync("announcements", cancellation)).EnumerateArray().Count(told => told.GetProperty("audience").GetString() == "customers");
        end.Terminal.Line($"The gateway serves /v2 to {exposed} of {users} users and {version} where nobody says; /v1 answers with {old} runs.");
        end.Terminal.Line($"  Customers were told {customers} time{(customers == 1 ? "" : "s")}.");

        var problems = new List<string>();
        if (end.GetsThrough && (exposed != users || version != "v2")) problems.Add("expected the gateway to serve /v2 to everybody");
        if (!end.GetsThrough && exposed != 0) problems.Add("expected the gateway to serve /v2 to nobody");
        if (!end.GetsThrough && await File.ReadAllTextAsync(EnvironmentFile(end.Place), cancellation) != Environment) problems.Add("expected the gateway's environment as it was before the run");
        if (end.GetsThrough && customers != 1) problems.Add("expected customers to be told once");
        return problems;
    }

    private static string EnvironmentFile(DemoPlace place) => Path.Combine(place.Folder, "files", "gateway.env");

    private static DemoFault Breaks(string name, string sentence, string stage) => new(name, sentence)
    {
        Ends = DemoEnding.RollsBack,
        Expected = "the run found the fault, took everything back by itself and opened an incident",
        Stage = stage,
        InSoakOf = stage,
    };
}
