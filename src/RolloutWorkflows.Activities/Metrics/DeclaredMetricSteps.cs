using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "alerts/silent",
    StepRole.Check,
    "Passes where no alert fires and the alert source can be reached.",
    """
    uses: alerts/silent
    with:
      severity: critical
    """)]
internal sealed record AlertsSilentStep
{
    [WithKey("The alert source in the host's configuration; without it the only one there is.")]
    public string? Source { get; init; }

    [WithKey("Only alerts of this severity count; without it all do.")]
    public string? Severity { get; init; }

    [WithKey("Only alerts with these labels count.")]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    [WithKey("How long it must have been silent.")]
    public TimeSpan? For { get; init; }

    [WithKey("Alerts that may fire.")]
    public IReadOnlyList<string> Except { get; init; } = [];
}
