using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>The Cloak marketplace, surface by surface.</summary>
internal sealed class CloakScene : DemoScene
{
    private const string Repository = "cloak/marketplace";

    /// <summary>What the stand-in's branch main points to.</summary>
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    public override string Playbook => "cloak-marketplace";

    public override string Sentence => "A marketplace of paid agent runs opens on web, mobile and extension in turn; a surface that breaks goes back alone.";

    public override string Expected => "every surface is open to everybody, with a checkpoint for each promotion";

    public override DemoProgram Sample { get; } = new("CloakMarketplace", "cloak-marketplace");

    /// <summary>The soaks are a day to three; with these, half a minute in all.</summary>
    public override double Speed => 43_200;

    public override string? People => """
        persons: { ada: {}, grace: {}, linus: {}, margaret: {}, barbara: {}, edsger: {} }
        groups:
          marketplace-on-call: [ada, grace, linus]
          payment-reviewers: [margaret, barbara]
          marketplace-leads: [edsger]
        """;

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        Surface("settlement-failures", "In the operator beta settlements of payments over the web fail.", "web", "web-operator-beta"),
        Surface("run-failures-mobile", "In the mobile beta one run of five fails.", "mobile", "mobile-beta"),
        Surface("evidence-mismatch", "In the extension beta the evidence of some runs does not match what was paid.", "extension", "extension-beta"),
        new("broken-idempotency", "In the mobile beta a repeated request is carried out, and paid, again.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the run found that replays are not safe and took every surface back by itself",
            Stage = "mobile-beta",
            InSoakOf = "mobile-beta",
        },
        new("no-rate-limit", "Nobody is told to wait, however many requests they send.")
        {
            Ends = DemoEnding.HoldsAndGoesOn,
            Expected = "the public beta waited until the limit was kept, and then opened",
            Stage = "public-beta",
        },
    ];

    public override DemoGitHub GitHub(DemoFault? fault) => new()
    {
        Repositories = [Repository],
        CheckRuns = ["marketplace-api=success", "extension-typecheck=success", "extension-build=success"],
    };

    public override IReadOnlyDictionary<string, object> Settings(DemoPlace place) => new Dictionary<string, object>
    {
        ["people"] = "people.yaml",
        ["files"] = "files",
        ["grants"] = new Dictionary<string, object>
        {
            [Playbook] = new { flags = new[] { "cloak_marketplace_*" }, files = new[] { "marketplace.env", "phase-tracker.md" }, repositories = new[] { Repository }, egress = new[] { place.SampleOrigin } },
        },
        ["metricSources"] = new Dictionary<string, object> { ["telemetry"] = new { type = "json", url = new Uri(place.Sample, "telemetry"), timeoutSeconds = 2 } },
        ["webhooks"] = new Dictionary<string, object>
        {
            ["integrators"] = new { url = new Uri(place.Sample, "notices/integrators") },
            ["statuspage"] = new { url = new Uri(place.Sample, "notices/statuspage") },
            ["ops"] = new { url = new Uri(place.Sample, "notices/ops") },
        },
    };

    public override void Prepare(DemoPlace place)
    {
        File.WriteAllText(EnvironmentFile(place), "CLOAK_MARKETPLACE_ENABLED=false\nCLOAK_MARKETPLACE_WEB_ENABLED=false\nCLOAK_MARKETPLACE_MOBILE_ENABLED=false\nCLOAK_MARKETPLACE_EXTENSION_ENABLED=false\n");
        File.WriteAllText(TrackerFile(place), "# Phases\n\n");
    }

    public override IEnumerable<string> SampleArguments(DemoPlace place, Playbooks.Playbook playbook) =>
        ["--environment", EnvironmentFile(place), "--flags", place.ServerOrigin];

    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) => new Dictionary<string, object> { ["marketplaceUrl"] = place.SampleOrigin, ["commit"] = Commit };

    public override IReadOnlyList<DemoActor> Actors(DemoCast cast) => [new CloakClerk(cast)];

    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        using var health = JsonDocument.Parse(await end.Sample.Http.GetStringAsync(new Uri("health", UriKind.Relative), cancellation));
        bool IsOn(string name) => health.RootElement.GetProperty(name).GetBoolean();
        var open = new[] { "web", "mobile", "extension" }.Where(IsOn).ToList();
        end.Terminal.Line($"The marketplace says: backend {(IsOn("backend") ? "on" : "off")}, open on {(open.Count == 0 ? "nothing" : string.Join(", ", open))}.");
        var tracker = (await File.ReadAllLinesAsync(TrackerFile(end.Place), cancellation)).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).ToList();
        end.Terminal.Line("phase-tracker.md:");
        foreach (var line in tracker) end.Terminal.Line(Printable.Line($"  {line.Split(" <!--")[0]}"));
        var problems = new List<string>();
        if (end.GetsThrough && open.Count < 3) problems.Add("expected the marketplace to be open on every surface");
        var promoted = end.Details.Timeline.Count(entry => entry.Kind == RunLogKind.StagePromoted);
        if (tracker.Count(line => line.Contains(": promoted ", StringComparison.Ordinal)) != promoted) problems.Add($"expected a line in phase-tracker.md for each of {promoted} promotions");
        if (!end.GetsThrough && SurfaceOf(end.Fault) is null && open.Count > 0) problems.Add("expected the marketplace to be open on nothing");
        if (SurfaceOf(end.Fault) is { } broken)
        {
            var rolledBack = end.Details.Run.Surfaces.FirstOrDefault(surface => surface.Surface == broken);
            if (rolledBack is not { State: SurfaceState.RolledBack }) problems.Add($"expected {broken} to be rolled back, got {rolledBack?.State.ToString() ?? "nothing"}");
            if (IsOn(broken)) problems.Add($"expected {broken} to be switched off");
            if (!IsOn("backend")) problems.Add("expected the backend to stay on for the healthy surfaces");
            if (broken != "web" && !IsOn("web")) problems.Add("expected the web to stay open");
        }

        return problems;
    }

    private static DemoFault Surface(string name, string sentence, string surface, string stage) => new(name, sentence)
    {
        Ends = DemoEnding.Otherwise,
        Expected = $"the run found the fault and took {surface} back by itself; the backend and the healthy surfaces stayed",
        InSoakOf = stage,
    };

    private static string? SurfaceOf(DemoFault? fault) => fault?.Name switch
    {
        "settlement-failures" => "web",
        "run-failures-mobile" => "mobile",
        "evidence-mismatch" => "extension",
        _ => null,
    };

    private static string EnvironmentFile(DemoPlace place) => place.FileAt("files", "marketplace.env");

    private static string TrackerFile(DemoPlace place) => place.FileAt("files", "phase-tracker.md");
}
