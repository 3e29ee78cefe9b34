namespace RolloutWorkflows.Cli;

/// <summary>Credits for a swarm, from a dry run to everybody.</summary>
internal sealed class SwarmCreditsScene : SwarmScene
{
    public override string Playbook => "swarm-credits";

    public override string Sentence => "Credits go from core validators over trusted operators to a whole swarm; the way back is a checkpoint that the council signed.";

    public override string Expected => "credits are open to everybody";

    /// <summary>A month of soak in a few seconds.</summary>
    public override double Speed => 129_600;

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        new("lost-payload", "A payload gets lost in the dry run, so that the log does not lead to the ledger's root.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "the replay of the ledger found the gap, and the last signed checkpoint was reinstated",
            Stage = "internal-dry-run",
        },
        new("conflicting-roots", "In the beta two roots emerge for one checkpoint.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "claims ended, and the last signed checkpoint was reinstated",
            Stage = "limited-beta",
            InSoakOf = "limited-beta",
        },
        new("quorum-drop", "With everybody taking part, too few endorse the registry's checkpoints.")
        {
            Ends = DemoEnding.RollsBack,
            Expected = "peers were quieted, the last signed checkpoint was reinstated, and the beta's operators kept their credits",
            Stage = "broad-rollout",
            InSoakOf = "broad-rollout",
        },
    ];

    // A stage goes back alone: what the beta endorsed stays when the stage after it goes back.
    protected override bool ExpectsEndorsed(DemoEnd end) => end.GetsThrough || end.Fault?.Name == "quorum-drop";
}
