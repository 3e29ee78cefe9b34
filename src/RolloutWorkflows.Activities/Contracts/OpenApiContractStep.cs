using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "openapi/contract",
    StepRole.Check,
    "Compares a service's OpenAPI description, 3.0 or 3.1 in JSON or YAML, with the canonical one: whatever a client of the canonical one relies on must still be there. Calls of old clients through shims can be tried too.",
    """
    uses: openapi/contract
    with:
      url: https://api.example.com/v2/openapi.json
      canonical: contracts/phase2.yaml
      shims: [GET /v1/agents, GET /v1/runs]
      previous: contracts/phase1.yaml
    """)]
[StepOutput("breaks", "Every break: where, what was expected and what was got; at most 100.")]
[StepOutput("additions", "How many things the service describes beyond the canonical description.")]
[StepOutput("shims", "How many calls of old clients were tried.")]
internal sealed record OpenApiContractStep
{
    [WithKey("Where the service serves its description, of at most 2 MiB. Redirects are not followed.")]
    public required Uri Url { get; init; }

    [WithKey(StepParameterType.File, "The canonical description: a path below the host's folder of files.")]
    public required string Canonical { get; init; }

    [WithKey("True: additions are allowed, removals and changes are not. False: additions are breaks too.")]
    public bool AllowAdditions { get; init; } = true;

    [WithKey("Headers to send with every request; secrets may stand in their values.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("Calls of clients of the previous version that must still be answered 2xx: GET or HEAD and an address, or a path on the service's origin. At most 50.")]
    public IReadOnlyList<string> Shims { get; init; } = [];

    [WithKey(StepParameterType.File, "The description that those clients were written for: a path below the host's folder of files. The answers to shims are held against it; without shims, every GET in it that needs no parameters, or has examples for them, is tried.")]
    public string? Previous { get; init; }
}
