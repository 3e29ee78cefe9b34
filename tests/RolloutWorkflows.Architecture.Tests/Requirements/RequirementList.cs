namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>Everything that the five originals ask for.</summary>
internal static class RequirementList
{
    private const string Service = "The dashboard and the flag service show it; no playbook does.";

    private static readonly string[] All = ["cloak-marketplace", "web4-mycelia", "swarm-credits", "rpp-chain", "phase2-api"];

    public static IReadOnlyList<RequirementGroup> Groups { get; } =
    [
        new("Program and stages",
        [
            Row("G1", "Stages in order, each with checks before it, steps, soak, criteria, approval, promotion and a way back", "CWSRP"),
            Row("G2", "Common checks before every stage, written into the release issue before the run goes on", "R"),
            Row("G3", "Milestones reached as stages complete, shown to people", "P"),
            Row("G4", "Roles with duties that own gates and approvals, and a named owner", "CPR"),
            Row("G5", "Hardening: a playbook started per release candidate, with MTTD and MTTR over the last runs that must go down", "S"),
            Row("G6", "Surfaces that move and roll back alone while healthy ones stay up", "C"),
            Row("G7", "The owner confirms at the start and at each promotion, and hands over; without one the run holds", "C"),
        ]),
        new("Checks",
        [
            Row("K1", "A configuration is compared with its reference: unknown keys refused, gates as the stage declares", "R"),
            Row("K2", "A release artifact's digest, signature, revision and SBOM", "R"),
            Row("K3", "Dashboards have data, no alert fires, and alerts are armed", "RCW"),
            Row("K4", "The previous release and its snapshots are there, with matching hashes", "RS"),
            Row("K5", "CI is green for the commit; a recent evidence document is attached", "RCWP"),
            Row("K6", "The same request with the same key twice has one effect and one answer", "C"),
            Row("K7", "The API's description is the canonical one, and old clients still pass", "P"),
            Row("K8", "Scenarios repeated a hundred times and more without a failure, with progress shown", "S"),
            Row("K9", "Sign-off by named parties: a quorum of them, or all", "RS"),
            Row("K10", "No severe incident for 24 hours; no conflict left for longer than 72 hours", "CS"),
            Row("K11", "A dry run of the configuration by a command; recovery drills with equal hashes", "RS"),
            Row("K12", "Rate limits: a burst is answered 429, and nothing else is", "C"),
        ]),
        new("Actions",
        [
            Row("A1", "Flags as environment variables per surface", "C"),
            Row("A2", "Percentages, with users who stay in", "W"),
            Row("A3", "A canary with an allowlist", "WC"),
            Elsewhere("A4", "Flags per user, group and environment", "P"),
            Row("A5", "Feature gates in a TOML profile, per environment and for some nodes only", "R"),
            Row("A6", "A release is deployed, or deployed again", "R"),
            Row("A7", "Announcements: window, freeze, banner, messages to those concerned", "WRP"),
            Row("A8", "A command line to list, get, set, roll out, export and import flags", "W"),
            Row("A9", "Why a user has a flag or has it not", "W"),
        ]),
        new("Soak, metrics, guardrails",
        [
            Row("M1", "A soak by time that survives restarts", "WR"),
            Row("M2", "A soak by a counter of the system", "R"),
            Row("M3", "Thresholds looked at throughout the soak", "CWSRP"),
            Row("M4", "Levels: told, held, rolled back", "W"),
            Row("M5", "A baseline captured in one stage and compared with later ones", "RWS"),
            Row("M6", "No alert that pages during the soak", "R"),
            Row("M7", "How much is watched, per stage", "W"),
            Row("M8", "A close watch after the last promotion", "RW"),
            Row("M9", "A named person or group hears when a guardrail speaks", "RC"),
        ]),
        new("Approval and windows",
        [
            Row("H1", "Approval from Slack, the release issue, HTTP and the command line, with who, when and what they saw", "CWSRP"),
            Row("H2", "Evidence reviewed by people as a gate", "C"),
            Row("H3", "Sign-off by all or a quorum, with a deadline", "RS"),
            Row("H4", "Windows and freezes", "R"),
            Row("H5", "Switching on again after a rollback needs an approval of its own", "R"),
        ]),
        new("Rollback and recovery",
        [
            Row("B1", "Rollback by itself, with a deadline that is measured", "WCP"),
            Row("B2", "Gradual and emergency rollback by command", "W"),
            Row("B3", "What the run changed is undone, newest first, exactly", "CRS"),
            Row("B4", "Recovery plays as steps", "SR"),
            Row("B5", "An incident with impact and figures; a review afterwards; promotion blocked while it is open", "CRP"),
            Row("B6", "The stage's checks are run again before it may be enabled again", "C"),
            Row("B7", "A signed catalog of snapshots; peers quiesced before reverting", "S"),
            Row("B8", "A new run takes over from a stage on, after a fix", "W"),
            Row("B9", "The way back is rehearsed, and the last rehearsal shown", "S"),
        ]),
        new("Records, status, people",
        [
            Row("D1", "The release issue ticks itself, and people's ticks count", "R"),
            Row("D2", "One thread in Slack, with buttons", "CWSRP"),
            Row("D3", "A line in the phase tracker and an evidence document per promotion", "C"),
            Elsewhere("D4", "Status pages for machines", "W"),
            Elsewhere("D5", "Structured logs, traces and metrics of the tool itself", "P"),
            Row("D6", "MTTD and MTTR per run and over releases", "S"),
            Row("D7", "Strict access to flags and approvals, every change audited", "P"),
            Row("D8", "The way back of each stage, in the plan and in the evidence", "C"),
        ]),
    ];

    private static RequirementRow Row(string id, string asks, string from) => new(id, asks, [.. from.Select(Playbook)]);

    private static RequirementRow Elsewhere(string id, string asks, string from) => Row(id, asks, from) with { ShownElsewhere = Service };

    private static string Playbook(char letter) => All.First(name => char.ToUpperInvariant(name[0]) == letter);
}
