using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "config/gates",
    StepRole.Action,
    "Sets feature gates in a configuration file, for an environment or for named nodes only.",
    """
    uses: config/gates
    with:
      file: mainnet
      gates: { witness_network: true }
    """,
    Effect = StepEffect.Reversible,
    Target = ["file"])]
[StepOutput("before", "The gates before the step.")]
internal sealed record ConfigGatesStep
{
    [WithKey("The configuration file, by the name that the host's configuration gives it.")]
    public required string File { get; init; }

    [WithKey("The environment whose profile is meant.")]
    public string? Environment { get; init; }

    [WithKey(StepParameterType.Any, "Gate names to true, false or a value.")]
    public required JsonElement Gates { get; init; }

    [WithKey("Only these nodes; without it all.")]
    public IReadOnlyList<string> Nodes { get; init; } = [];
}

[StepKind(
    "config/drift",
    StepRole.Check,
    "Compares a configuration with its reference: unknown keys are refused and gates may differ only as declared.",
    """
    uses: config/drift
    with:
      file: cluster
      reference: mainnet
    """)]
internal sealed record ConfigDriftStep
{
    [WithKey("The configuration to look at, by the name that the host's configuration gives it.")]
    public required string File { get; init; }

    [WithKey("The configuration that it is compared with.")]
    public required string Reference { get; init; }

    [WithKey("The environment whose profile is meant.")]
    public string? Environment { get; init; }

    [WithKey(StepParameterType.Any, "The gates that must differ, and their values.")]
    public JsonElement? Gates { get; init; }

    [WithKey("Keys that may differ.")]
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
