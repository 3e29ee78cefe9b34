using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "env/set",
    StepRole.Action,
    "Sets variables in an environment file, in one write. Comments and the order of the lines stay.",
    """
    uses: env/set
    with:
      file: web.env
      values: { MARKETPLACE_WEB_ENABLED: "true" }
    """,
    Effect = StepEffect.Reversible,
    Target = ["file"])]
[StepOutput("before", "The values before the step, null for those that did not exist.")]
[StepOutput("values", "The values as read back.")]
internal sealed record EnvironmentSetStep
{
    [WithKey(StepParameterType.File, "The environment file, below the folder that the host's configuration names in files. It must exist; symbolic links and '..' are refused.")]
    public required string File { get; init; }

    [WithKey("Names and values to set. They stand in the record of the run: no secrets.")]
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    [WithKey("The values that a rollback sets where somebody else changed them in the meantime; without one theirs stays.")]
    public IReadOnlyDictionary<string, string> Safe { get; init; } = new Dictionary<string, string>();
}
