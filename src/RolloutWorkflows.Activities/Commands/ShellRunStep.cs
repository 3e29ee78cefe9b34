using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "shell/run",
    StepRole.Action,
    "Runs a command that the host's configuration allows, once, and waits for it. It goes on while the server restarts; where nobody knows what became of it, people are asked, and it is never run again by itself.",
    """
    uses: shell/run
    with:
      command: smoke-tests
      arguments: [pipeline]
    irreversible: true
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("exitCode", "The command's exit code.")]
[StepOutput("output", "The last lines that it printed, at most 4,000 characters; secrets are masked.")]
internal sealed record ShellRunStep
{
    [WithKey("The command, by the name that the host's configuration gives it under extensions.rollout.commands.")]
    public required string Command { get; init; }

    [WithKey("Its arguments, handed over as they are after those of the configuration: no shell reads them.")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    [WithKey("Variables that the command's configuration lets playbooks set; secrets may stand here.")]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [WithKey("The exit code that counts as passed. Another one is Failed.", Minimum = 0, Maximum = 255)]
    public int ExpectExitCode { get; init; }

    [WithKey("How long it may run, on the real clock; the limit of its configuration stands above it. Then it is ended with everything that it started, and the step is Errored.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
