using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "snapshot/restore",
    StepRole.Action,
    "Asks a target to restore a signed snapshot, waits, and compares digests. Asked twice, it restores the same snapshot.",
    """
    uses: snapshot/restore
    with:
      snapshot: last-signed
      target: ledger
    irreversible: true
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("snapshot", "The snapshot that was restored.")]
[StepOutput("digest", "Its root digest.")]
internal sealed record SnapshotRestoreStep
{
    [WithKey("The snapshot's name, or last-signed: the newest one whose signature holds when the step begins.")]
    public string Snapshot { get; init; } = SnapshotCatalog.LastSigned;

    [WithKey("What is restored, by the name that the host's configuration gives it under extensions.rollout.snapshots.")]
    public required string Target { get; init; }

    [WithKey("True: the target's digest must equal the snapshot's afterwards. False: that it took the request is enough.")]
    public bool Verify { get; init; } = true;

    [WithKey("How long the target may take until its digest is equal, on the real clock.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);
}
