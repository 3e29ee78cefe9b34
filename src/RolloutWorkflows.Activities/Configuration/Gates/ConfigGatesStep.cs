using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "config/gates",
    StepRole.Action,
    "Sets feature gates in configuration files, for an environment or for named nodes only. Everything else in the files stays byte for byte.",
    """
    uses: config/gates
    with:
      file: nodes/{node}/node.toml
      table: rollout.feature_gates
      gates: { timetoke_rewards: true }
      nodes: [canary-1, canary-2]
    """,
    Effect = StepEffect.Reversible,
    Target = ["file"])]
[StepOutput("before", "The gates before the step, each by its name, after its node's where nodes are named: `canary-1/timetoke_rewards`.")]
[StepOutput("gates", "The gates as read back, by the same names.")]
internal sealed record ConfigGatesStep
{
    [WithKey(StepParameterType.File, "The configuration file (.toml, .yaml, .yml, .json or .env) below the host's folder of files. `{node}` stands for each of nodes, so that each has a file of its own, `{environment}` for the environment.")]
    public required string File { get; init; }

    [WithKey("The table of the file in which the gates stand, with dots between its names, such as rollout.feature_gates; `{node}` and `{environment}` stand for the same as in file, such as nodes.{node}.gates. Empty: the gates stand at the top, as in a .env file.")]
    public string Table { get; init; } = "";

    [WithKey("The environment whose profile is meant: what `{environment}` stands for.")]
    public string? Environment { get; init; }

    [WithKey(StepParameterType.Any, "Names of gates to true, false, a number or a text. Each must stand in the file already: a name that is not there is a mistake that the nodes would refuse.")]
    public required JsonElement Gates { get; init; }

    [WithKey("Only these nodes: what `{node}` stands for.")]
    public IReadOnlyList<string> Nodes { get; init; } = [];

    [WithKey(StepParameterType.Any, "The values that a rollback sets where somebody else changed a gate in the meantime; without one a boolean gate becomes false, and any other stays.")]
    public JsonElement? Safe { get; init; }
}
