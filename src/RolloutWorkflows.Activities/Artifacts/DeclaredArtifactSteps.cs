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
