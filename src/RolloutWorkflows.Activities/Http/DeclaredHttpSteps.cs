using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "http/idempotency",
    StepRole.Check,
    "Sends the same request with the same key twice: the answers must be the same and the effect single.",
    """
    uses: http/idempotency
    with:
      url: https://api.example.com/runs
      body: '{ "agent": "probe" }'
    """,
    HasSideEffects = true)]
internal sealed record HttpIdempotencyStep
{
    [WithKey("The address.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["POST", "PUT", "PATCH", "DELETE"])]
    public string Method { get; init; } = "POST";

    [WithKey("The header that carries the key.")]
    public string KeyHeader { get; init; } = "Idempotency-Key";

    [WithKey("Headers to send; secrets may stand here.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The body, as it is sent both times.")]
    public string? Body { get; init; }

    [WithKey("The status that the first answer must have; without it any 2xx.", Minimum = 100, Maximum = 599)]
    public int? ExpectStatus { get; init; }

    [WithKey("An address that counts the effects; it must grow by one.")]
    public Uri? CountUrl { get; init; }

    [WithKey("The dotted path of the count in that answer.")]
    public string? CountValue { get; init; }
}

[StepKind(
    "http/rate-limit",
    StepRole.Check,
    "Sends a burst of requests: those beyond the limit must be answered 429, and no others.",
    """
    uses: http/rate-limit
    with:
      url: https://api.example.com/runs
      limit: 20
    """,
    HasSideEffects = true)]
internal sealed record HttpRateLimitStep
{
    [WithKey("The address.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["GET", "HEAD", "POST"])]
    public string Method { get; init; } = "GET";

    [WithKey("Headers to send; secrets may stand here.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("Requests that must be let through.", Minimum = 1, Maximum = 1000)]
    public required int Limit { get; init; }

    [WithKey("Requests sent in all; without it the limit and half as many again.", Minimum = 2, Maximum = 2000)]
    public int? Burst { get; init; }
}

[StepKind(
    "openapi/contract",
    StepRole.Check,
    "Compares a service's OpenAPI description with the canonical one, and samples old clients' calls.",
    """
    uses: openapi/contract
    with:
      url: https://api.example.com/openapi.json
      canonical: phase2
    """)]
internal sealed record OpenApiContractStep
{
    [WithKey("Where the service serves its description.")]
    public required Uri Url { get; init; }

    [WithKey("The canonical description, by the name that the host's configuration gives its file.")]
    public required string Canonical { get; init; }

    [WithKey("True: additions are allowed, removals and changes are not.")]
    public bool AllowAdditions { get; init; } = true;

    [WithKey("Addresses that clients of the previous version call and that must still answer 2xx.")]
    public IReadOnlyList<string> Shims { get; init; } = [];
}
