using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "flag/rollout",
    StepRole.Action,
    "Sets the share of users who have a flag. Users keep their place: whoever has it at 1 % has it at 10 %.",
    """
    uses: flag/rollout
    with:
      flag: intent_bar_v1_rollout
      percent: 10
    """,
    Effect = StepEffect.Reversible,
    Target = ["flag"])]
[StepOutput("before", "The percentage before the step; null where the flag did not exist.")]
[StepOutput("percent", "The percentage as read back.")]
internal sealed record FlagRolloutStep
{
    [WithKey("The flag's name; created as a percentage flag where it does not exist. It holds no '/'.")]
    public required string Flag { get; init; }

    [WithKey(StepParameterType.Percent, "The share of users, from 0 to 100; fractions such as 0.5 are allowed.", Minimum = 0, Maximum = 100)]
    public required double Percent { get; init; }
}
