namespace RolloutWorkflows.Cli;

/// <summary>The hardening of a release candidate.</summary>
internal sealed class SwarmHardeningScene : SwarmScene
{
    private const string Candidate = "v1.4.0-rc.2";

    public override string Playbook => "swarm-hardening";

    public override string Sentence => "A release candidate of the swarm withstands chaos suites and a recovery drill.";

    public override string Expected => "the candidate withstood chaos and the drill";

    /// <summary>An hour in a second.</summary>
    public override double Speed => 3600;

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        new("lost-payload", "Under chaos a payload gets lost.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the chaos suite found it, and the candidate was reverted while peers were quiet",
            Stage = "chaos",
        },
        new("conflicting-roots", "After the drill two roots emerge for one checkpoint.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the candidate was reverted while peers were quiet",
            Stage = "recovery-drill",
            InSoakOf = "recovery-drill",
        },
    ];

    /// <summary>The demo's server is new: it has no earlier runs whose trend could be asked for.</summary>
    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) =>
        new Dictionary<string, object>(base.Inputs(place)) { ["candidate"] = Candidate, ["trends"] = false };

    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        List<string> problems = [.. await base.CheckAsync(end, cancellation)];
        var runs = (await end.Sample.GetAsync("governance", cancellation)).GetProperty("candidate").GetString();
        end.Terminal.Line(runs is null ? "The mesh runs the release again." : $"The mesh runs {runs}.");
        if (runs != (end.GetsThrough ? Candidate : null)) problems.Add($"expected the mesh to run {(end.GetsThrough ? Candidate : "the release")}");
        return problems;
    }

    protected override bool ExpectsEndorsed(DemoEnd end) => false;
}
