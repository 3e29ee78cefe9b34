using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "flag/set",
    StepRole.Action,
    "Turns a flag on or off for everybody. Off beats the canary allowlist and the percentage.",
    """
    uses: flag/set
    with:
      flag: live_captions
      value: true
    """,
    Effect = StepEffect.Reversible,
    Target = ["flag"])]
[StepOutput("before", "Whether the flag was on before the step; null where it did not exist.")]
[StepOutput("value", "Whether the flag is on, as read back.")]
internal sealed record FlagSetStep
{
    [WithKey("The flag's name; created as a boolean flag where it does not exist. It holds no '/'.")]
    public required string Flag { get; init; }

    [WithKey("True turns it on, false turns it off.")]
    public required bool Value { get; init; }

    [WithKey("The value that a rollback sets where somebody else changed the flag in the meantime.")]
    public bool Safe { get; init; }
}
