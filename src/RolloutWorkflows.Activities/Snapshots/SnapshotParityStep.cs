using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "snapshot/parity",
    StepRole.Check,
    "Compares a signed snapshot with what runs, or with the files that are kept for a restore, and names what differs.",
    """
    uses: snapshot/parity
    with:
      target: ledger
      snapshot: last-signed
    """)]
[StepOutput("snapshot", "The snapshot that was compared.")]
[StepOutput("root", "Its root digest.")]
internal sealed record SnapshotParityStep
{
    [WithKey("What is compared, by the name that the host's configuration gives it under extensions.rollout.snapshots.")]
    public required string Target { get; init; }

    [WithKey("The snapshot, or last-signed: the newest one whose signature holds. One whose signature does not hold is Failed.")]
    public string Snapshot { get; init; } = SnapshotCatalog.LastSigned;

    [WithKey("live: the state that the target tells must equal the snapshot. staged: the snapshot's files must lie in the catalog as its manifest says, so that a restore would find them.", Values = ["live", "staged"])]
    public string Compare { get; init; } = "live";

    [WithKey("A snapshot older than this does not count.")]
    public TimeSpan? MaxAge { get; init; }
}
