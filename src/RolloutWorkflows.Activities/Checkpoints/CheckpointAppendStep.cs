using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "checkpoint/append",
    StepRole.Action,
    "Appends a line to a tracker file: the date, the run, the stage and a text. However often it is delivered the line stands there once, and a rollback leaves it: what happened has happened.",
    """
    uses: checkpoint/append
    with:
      file: phase-tracker.md
      text: Web beta promoted
    """)]
[StepOutput("line", "The line as it stands in the file, without the hidden mark by which it is found again.")]
internal sealed record CheckpointAppendStep
{
    [WithKey(StepParameterType.File, "The tracker file: a path below the host's files folder. It must exist.")]
    public required string File { get; init; }

    [WithKey("The line; date, run and stage are put in front of it.")]
    public required string Text { get; init; }
}
