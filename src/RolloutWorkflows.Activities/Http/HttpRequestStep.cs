using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "http/request",
    StepRole.Action,
    "Sends a request that changes something, once. Where no answer came, it is looked up or asked of people, and never sent again; on a rollback its undo is sent even then.",
    """
    uses: http/request
    with:
      url: https://deploy.example.com/releases
      method: POST
      body: '{ "version": "1.4.0" }'
    undo:
      uses: http/request
      with: { url: "https://deploy.example.com/releases/previous", method: POST }
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("status", "The status of the answer; null where only the read-back showed that it was carried out.")]
[StepOutput("body", "The answer's body where it is JSON of at most 8 KiB.")]
internal sealed record HttpRequestStep
{
    [WithKey("The address. Redirects are not followed.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["GET", "POST", "PUT", "PATCH", "DELETE"])]
    public string Method { get; init; } = "POST";

    [WithKey("Headers to send; secrets may stand in their values. Idempotency-Key is set by itself, and is the same however often the step is tried.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The body, as it is sent.")]
    public string? Body { get; init; }

    [WithKey("The status that the answer must have; without it any 2xx.", Minimum = 100, Maximum = 599)]
    public int? ExpectStatus { get; init; }

    [WithKey("Where to look, by GET and with the same headers, whether the request was carried out when no answer came, or one of 5xx.")]
    public Uri? ReadBackUrl { get; init; }

    [WithKey("The status of the read-back where it was carried out.", Minimum = 100, Maximum = 599)]
    public int ReadBackStatus { get; init; } = 200;

    [WithKey("A text that the read-back's body must hold where it was carried out.")]
    public string? ReadBackBody { get; init; }

    [WithKey("How long the answer may take, at most 50s.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
