using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "artifact/verify",
    StepRole.Check,
    "Verifies a release artifact: digest, signature, the revision it was built from, and its SBOM.",
    """
    uses: artifact/verify
    with:
      artifact: node
      revision: "${{ inputs.commit }}"
      sbom: true
    """)]
[StepOutput("digest", "The digest that was found.")]
internal sealed record ArtifactVerifyStep
{
    [WithKey("The artifact, by the name that the host's configuration gives it.")]
    public required string Artifact { get; init; }

    [WithKey("The SHA-256 that it must have, in hex.")]
    public string? Digest { get; init; }

    [WithKey("The key that must have signed it, by the name that the host's configuration gives it.")]
    public string? SignedBy { get; init; }

    [WithKey("The revision that it must be built from.")]
    public string? Revision { get; init; }

    [WithKey("True: an SBOM attestation must be attached.")]
    public bool Sbom { get; init; }
}

[StepKind(
    "snapshot/restore",
    StepRole.Action,
    "Restores a signed snapshot from the catalog and compares hashes.",
    """
    uses: snapshot/restore
    with:
      snapshot: last-signed
      target: ledger
    irreversible: true
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("snapshot", "The snapshot that was restored.")]
[StepOutput("digest", "Its digest.")]
internal sealed record SnapshotRestoreStep
{
    [WithKey("The snapshot's name, or last-signed.")]
    public string Snapshot { get; init; } = "last-signed";

    [WithKey("What is restored, by the name that the host's configuration gives it.")]
    public required string Target { get; init; }

    [WithKey("True: the hashes must be equal afterwards.")]
    public bool Verify { get; init; } = true;
}

[StepKind(
    "snapshot/parity",
    StepRole.Check,
    "Compares the hashes of two snapshots, or of a snapshot and what runs.",
    """
    uses: snapshot/parity
    with:
      target: ledger
      snapshot: last-signed
    """)]
internal sealed record SnapshotParityStep
{
    [WithKey("What is compared, by the name that the host's configuration gives it.")]
    public required string Target { get; init; }

    [WithKey("The snapshot that it must equal, or last-signed.")]
    public string Snapshot { get; init; } = "last-signed";

    [WithKey("A snapshot older than this does not count.")]
    public TimeSpan? MaxAge { get; init; }
}
