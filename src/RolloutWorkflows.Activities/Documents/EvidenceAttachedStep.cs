using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "evidence/attached",
    StepRole.Check,
    "Passes where a document is attached to the run and is recent. One from before the stage's last rollback does not count: what was tested then is not what stands now.",
    """
    uses: evidence/attached
    with:
      document: test-matrix
      maxAge: 24h
    """)]
[StepOutput("digest", "The document's SHA-256. An approval bound to evidence is bound to it.")]
[StepOutput("version", "Which version of the document counted.")]
[StepOutput("by", "Who attached it.")]
internal sealed record EvidenceAttachedStep
{
    /// <summary>Attached after the stage was rolled back, where it was.</summary>
    public const string SinceRollback = "rollback";

    /// <summary>Attached since this attempt at the stage opened.</summary>
    public const string SinceStage = "stage";

    /// <summary>Attached to the run at any time.</summary>
    public const string SinceRun = "run";

    [WithKey("The document's name, as `rollout attach RUN --document NAME FILE` gives it.")]
    public required string Document { get; init; }

    [WithKey("An older one does not count.")]
    public TimeSpan? MaxAge { get; init; }

    [WithKey("Since when it must have been attached: rollback (after the stage was last rolled back, where it was), stage (since this attempt at the stage opened) or run (any time).", Values = [SinceRollback, SinceStage, SinceRun])]
    public string Since { get; init; } = SinceRollback;

    [WithKey("A text that it must hold, byte for byte in UTF-8.")]
    public string? Contains { get; init; }
}
