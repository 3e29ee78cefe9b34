using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "config/drift",
    StepRole.Check,
    "Compares a configuration with its reference: unknown keys are refused, and feature gates differ exactly as declared.",
    """
    uses: config/drift
    with:
      file: clusters/testnet.toml
      reference: config/defaults/mainnet.toml
      table: rollout.feature_gates
      gates: { timetoke_rewards: false, witness_network: false }
      ignore: ["node.*"]
    """)]
[StepOutput("differences", "What differs and may not, one sentence each; empty where the check passed.")]
[StepOutput("gates", "The gates that differ as declared, and their values.")]
internal sealed record ConfigDriftStep
{
    [WithKey(StepParameterType.File, "The configuration to look at (.toml, .yaml, .yml, .json or .env), below the host's folder of files.")]
    public required string File { get; init; }

    [WithKey(StepParameterType.File, "The configuration that it is compared with. It may be written in another format.")]
    public required string Reference { get; init; }

    [WithKey("The table in which both have their feature gates, with dots between its names, such as rollout.feature_gates; empty: the gates stand at the top.")]
    public string Table { get; init; } = "";

    [WithKey(StepParameterType.Any, "The gates that must differ from the reference, and their values. All others must equal it. One that is declared and does not differ is a mistake as well.")]
    public JsonElement? Gates { get; init; }

    [WithKey("Keys that may differ, or be in one file only: whole, or ending in `.*` for everything below.")]
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
