using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "flag/canary",
    StepRole.Action,
    "Gives a flag to named users, whatever its percentage, or ends that.",
    """
    uses: flag/canary
    with:
      flag: intent_bar_v1_rollout
      users: [ada, grace, linus]
    """,
    Effect = StepEffect.Reversible,
    Target = ["flag"])]
[StepOutput("before", "The canary before the step, as { enabled, users }; null where the flag did not exist.")]
[StepOutput("enabled", "Whether the canary is on, as read back.")]
[StepOutput("users", "The allowlist as read back.")]
internal sealed record FlagCanaryStep
{
    [WithKey("The flag's name; created as a percentage flag at 0 % where it does not exist. It holds no '/'.")]
    public required string Flag { get; init; }

    [WithKey("The whole allowlist: whoever is not on it loses the canary. Needed where the canary is enabled; without it, disabling keeps the list for later.")]
    public IReadOnlyList<string>? Users { get; init; }

    [WithKey("False ends the canary: the listed users have the flag by its percentage only.")]
    public bool Enabled { get; init; } = true;
}
