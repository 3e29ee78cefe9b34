using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "shell/run",
    StepRole.Action,
    "Runs a command that the host's configuration allows, and waits for it.",
    """
    uses: shell/run
    with:
      command: smoke-tests
      arguments: [pipeline]
    irreversible: true
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("exitCode", "The command's exit code.")]
[StepOutput("output", "The last lines that it printed.")]
internal sealed record ShellRunStep
{
    [WithKey("The command, by the name that the host's configuration gives it.")]
    public required string Command { get; init; }

    [WithKey("Its arguments, handed over as they are: no shell reads them.")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    [WithKey("Environment variables; secrets may stand here.")]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [WithKey("The exit code that counts as passed.", Minimum = 0, Maximum = 255)]
    public int ExpectExitCode { get; init; }

    [WithKey("How long it may run.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}

[StepKind(
    "scenario/repeat",
    StepRole.Check,
    "Runs a scripted scenario many times and counts its failures.",
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
    [WithKey("The scenario's command, by the name that the host's configuration gives it.")]
    public required string Command { get; init; }

    [WithKey("Its arguments.")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    [WithKey("How often it must run.", Minimum = 1, Maximum = 100000)]
    public required int Times { get; init; }

    [WithKey("Failures tolerated.", Minimum = 0)]
    public int MaxFailures { get; init; }

    [WithKey("How many run at the same time.", Minimum = 1, Maximum = 64)]
    public int Parallel { get; init; } = 1;

    [WithKey("How long all runs together may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
