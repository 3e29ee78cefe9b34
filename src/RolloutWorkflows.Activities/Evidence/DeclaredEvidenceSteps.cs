using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "checkpoint/append",
    StepRole.Action,
    "Appends a line to a tracker file when a stage is done.",
    """
    uses: checkpoint/append
    with:
      file: phase-tracker
      text: Web beta promoted
    """)]
[StepOutput("commit", "The commit that holds the line, where the file is in a repository.")]
internal sealed record CheckpointAppendStep
{
    [WithKey("The tracker file, by the name that the host's configuration gives it.")]
    public required string File { get; init; }

    [WithKey("The line; date, run and stage are put in front of it.")]
    public required string Text { get; init; }
}

[StepKind(
    "evidence/attached",
    StepRole.Check,
    "Passes where a document is attached to the run and is recent.",
    """
    uses: evidence/attached
    with:
      document: test-matrix
      maxAge: 24h
    """)]
[StepOutput("digest", "The document's digest.")]
internal sealed record EvidenceAttachedStep
{
    [WithKey("The document's name.")]
    public required string Document { get; init; }

    [WithKey("An older one does not count.")]
    public TimeSpan? MaxAge { get; init; }

    [WithKey("A text that it must hold.")]
    public string? Contains { get; init; }
}
