using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "http/rate-limit",
    StepRole.Check,
    "Sends a burst of requests: as many as the limit must be let through, all others answered 429, and after the window one must be let through again. Let it call with credentials of its own, whose limit nobody else uses up.",
    """
    uses: http/rate-limit
    with:
      url: https://api.example.com/runs
      limit: 20
      window: 1m
    """,
    HasSideEffects = true)]
[StepOutput("letThrough", "How many requests of the burst were let through.")]
[StepOutput("refused", "How many were answered 429.")]
[StepOutput("retryAfter", "The seconds of the longest Retry-After; null where no answer had one.")]
internal sealed record HttpRateLimitStep
{
    [WithKey("The address. Redirects are not followed.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["GET", "HEAD", "POST"])]
    public string Method { get; init; } = "GET";

    [WithKey("Headers to send; secrets may stand in their values.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The body, as it is sent each time.")]
    public string? Body { get; init; }

    [WithKey("Requests that must be let through.", Minimum = 1, Maximum = 1000)]
    public required int Limit { get; init; }

    [WithKey("Requests sent in all, more than the limit and the tolerance; without it the limit and half as many again.", Minimum = 2, Maximum = 2000)]
    public int? Burst { get; init; }

    [WithKey("How many more than the limit may be let through, where the limit fills up again while the burst goes on.", Minimum = 0, Maximum = 1000)]
    public int Tolerance { get; init; }

    [WithKey("The status of a request that is let through; without it any 2xx.", Minimum = 100, Maximum = 599)]
    public int? ExpectStatus { get; init; }

    [WithKey("After how long the limit is free again where no answer says so by Retry-After, which counts up to 2d.")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}
