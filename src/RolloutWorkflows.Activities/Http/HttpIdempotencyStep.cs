using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "http/idempotency",
    StepRole.Check,
    "Sends the same request with the same key twice: the answers must be the same and the effect single. What the probe creates stays, so let it create something that does no harm.",
    """
    uses: http/idempotency
    with:
      url: https://api.example.com/runs
      body: '{ "agent": "probe" }'
      countUrl: https://api.example.com/runs?key={key}
      countValue: total
    """,
    HasSideEffects = true)]
[StepOutput("status", "The status of the answers; null where there was none.")]
[StepOutput("key", "The key that both requests carried.")]
[StepOutput("effects", "By how much the count grew; null where nothing was counted.")]
internal sealed record HttpIdempotencyStep
{
    [WithKey("The address. Redirects are not followed.")]
    public required Uri Url { get; init; }

    [WithKey("The request's method.", Values = ["POST", "PUT", "PATCH", "DELETE"])]
    public string Method { get; init; } = "POST";

    [WithKey("The header that carries the key, a UUID. It is another one each time the check is made, and the same where a check is cut off and made anew.")]
    public string KeyHeader { get; init; } = "Idempotency-Key";

    [WithKey("Headers to send; secrets may stand in their values.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The body, as it is sent each time.")]
    public string? Body { get; init; }

    [WithKey("The status that the first answer must have; without it any 2xx.", Minimum = 100, Maximum = 599)]
    public int? ExpectStatus { get; init; }

    [WithKey("Dotted paths of what may differ between two answers in JSON, such as meta.replayed or servedAt. Headers of the answers are not compared.")]
    public IReadOnlyList<string> Ignore { get; init; } = [];

    [WithKey("An address, asked by GET with the same headers, that counts the effects; the count must grow by exactly one. {key} in it stands for the key: count by it wherever others cause effects too.")]
    public Uri? CountUrl { get; init; }

    [WithKey("The dotted path of the count in that answer; without it the answer is the number alone.")]
    public string? CountValue { get; init; }

    [WithKey("True: a third request with a key of its own must be an effect of its own: the count, where {key} is not part of its address, grows by one more; without a count the answer must be another.")]
    public bool AnotherKey { get; init; }

    [WithKey("How long each answer may take, at most 12s.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
