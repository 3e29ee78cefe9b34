using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "alerts/silent",
    StepRole.Check,
    "Passes where no alert fires. A source that cannot be asked, or whose alerting is not armed, is no answer.",
    """
    uses: alerts/silent
    with:
      source: prometheus
      severity: page
      ignore: [DiskAlmostFull]
      armed: Watchdog
    """)]
[StepOutput("alerts", "The names of the alerts that were not silent.")]
internal sealed record AlertsSilentStep
{
    [WithKey("The metric source in the host's configuration whose alerts are meant; its provider must be prometheus. Without it the only such one there is.")]
    public string? Source { get; init; }

    [WithKey("Only alerts with this value of the label severity count; without it all do.")]
    public string? Severity { get; init; }

    [WithKey("Only alerts that have all of these labels, exactly as written, count.")]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    [WithKey("Alerts that may fire, by name.")]
    public IReadOnlyList<string> Ignore { get; init; } = [];

    [WithKey("True: an alert that is pending counts as well, one whose condition holds but not yet for as long as its rule asks.")]
    public bool Pending { get; init; }

    [WithKey("How long it must have been silent, as the source recorded it. Without it only now counts.")]
    public TimeSpan? For { get; init; }

    [WithKey("An alert that always fires where alerting works, often called Watchdog. Where it does not fire, silence proves nothing and the check is Errored.")]
    public string? Armed { get; init; }
}
