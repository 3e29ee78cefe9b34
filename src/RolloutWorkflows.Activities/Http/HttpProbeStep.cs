using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "http/probe",
    StepRole.Check,
    "Sends one request and compares the answer's status and body with what is expected.",
    """
    uses: http/probe
    with:
      url: http://127.0.0.1:8080/health
      expectStatus: 200
    """)]
[StepOutput("status", "The status of the answer; null where there was none.")]
[StepOutput("durationMs", "How long the answer took, in milliseconds.")]
internal sealed record HttpProbeStep
{
    [WithKey("The address to ask. Redirects are not followed.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["GET", "HEAD", "OPTIONS"])]
    public string Method { get; init; } = "GET";

    [WithKey("Headers to send; secrets may stand in their values.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The status that the answer must have.", Minimum = 100, Maximum = 599)]
    public int ExpectStatus { get; init; } = 200;

    [WithKey("A text that the answer's body must hold, exactly as written; only its first 64 KiB are looked at.")]
    public string? ExpectBody { get; init; }

    [WithKey("How long the answer may take, at most 60s. Without one the check is Errored; a wrong one is Failed.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
