using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "artifact/verify",
    StepRole.Check,
    "Verifies a release artifact: its digest, who signed it, the revision it was built from, and its SBOM.",
    """
    uses: artifact/verify
    with:
      artifact: releases/1.4.0/node.tar.gz
      signedBy: release
      revision: "${{ inputs.commit }}"
      provenance: releases/1.4.0/node.intoto.jsonl
      sbom: releases/1.4.0/node.cdx.intoto.jsonl
    """)]
[StepOutput("digest", "The artifact's SHA-256, in hex.")]
[StepOutput("revision", "The revision that the provenance names.")]
[StepOutput("builder", "The builder that the provenance names.")]
[StepOutput("sbom", "The SBOM's format.")]
internal sealed record ArtifactVerifyStep
{
    [WithKey(StepParameterType.File, "The artifact, below the host's folder of files. Instead of url.")]
    public string? Artifact { get; init; }

    [WithKey("Where the artifact is fetched, at most 64 MiB; an https address that is granted to the playbook. Instead of artifact.")]
    public Uri? Url { get; init; }

    [WithKey("The SHA-256 that it must have, in hex.")]
    public string? Digest { get; init; }

    [WithKey("Who must have signed it and its attestations: a name under signers in the host's configuration.")]
    public string? SignedBy { get; init; }

    [WithKey(StepParameterType.File, "The detached signature, binary or Base64; without it the artifact's name with .sig.")]
    public string? Signature { get; init; }

    [WithKey("The git revision that it must be built from, as the provenance names it: the whole of it, as it was tested.")]
    public string? Revision { get; init; }

    [WithKey(StepParameterType.File, "The provenance attestation: an in-toto statement with SLSA provenance v1 in a DSSE envelope, or several, one a line. Needed where revision or builder is given.")]
    public string? Provenance { get; init; }

    [WithKey("The repository that the revision must be of, as the provenance names it before the @, such as git+https://github.com/chain/node.")]
    public string? Source { get; init; }

    [WithKey("The builder that must have built it: the provenance's runDetails.builder.id.")]
    public string? Builder { get; init; }

    [WithKey(StepParameterType.File, "The SBOM: an attestation whose predicate is CycloneDX or SPDX, or the SBOM itself where the provenance has its digest among its subjects.")]
    public string? Sbom { get; init; }
}
