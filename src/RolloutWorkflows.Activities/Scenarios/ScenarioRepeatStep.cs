using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "scenario/repeat",
    StepRole.Check,
    "Runs a scripted scenario many times, by a command or by a request, and counts its failures. It shows how far it is, goes on after a crash where it was, and stops at the first failure that is one too many.",
    """
    uses: scenario/repeat
    with:
      command: signup-rewards
      times: 100
    """,
    HasSideEffects = true)]
[StepOutput("runs", "How often it ran.")]
[StepOutput("failures", "How often it failed.")]
internal sealed record ScenarioRepeatStep
{
    [WithKey("The scenario's command, by the name that the host's configuration gives it; it passes with exit code 0. The environment variable SCENARIO_ITERATION tells it which run it is, from 1. Either command or url.")]
    public string? Command { get; init; }

    [WithKey("The command's arguments; {iteration} stands for the run's number.")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    [WithKey("Variables that the command's configuration lets playbooks set; secrets may stand here.")]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [WithKey("The address to ask; {iteration} in its path or query stands for the run's number. Redirects are not followed.")]
    public Uri? Url { get; init; }

    [WithKey("The request's method.", Values = ["GET", "POST", "PUT", "PATCH", "DELETE"])]
    public string Method { get; init; } = "POST";

    [WithKey("Headers to send; secrets may stand in their values. Idempotency-Key is set by itself: each run has its own, which stays the same where a crash makes it run again.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [WithKey("The request's body; {iteration} stands for the run's number.")]
    public string? Body { get; init; }

    [WithKey("The status that the answer must have; without it any 2xx.", Minimum = 100, Maximum = 599)]
    public int? ExpectStatus { get; init; }

    [WithKey("How often it must run.", Minimum = 1, Maximum = 100000)]
    public required int Times { get; init; }

    [WithKey("Failures tolerated. One more ends the scenario at once.", Minimum = 0)]
    public int MaxFailures { get; init; }

    [WithKey("How many run at the same time.", Minimum = 1, Maximum = 64)]
    public int Parallel { get; init; } = 1;

    [WithKey("How long one run may take, at most 30s. A run that takes longer has failed.")]
    public TimeSpan RunTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [WithKey("How long all runs together may take, on the real clock.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
