using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "incident/none",
    StepRole.Check,
    "Passes where no incident of that severity is open, and none was for a while. Incidents are issues with labels; one that states no severity counts as the worst.",
    """
    uses: incident/none
    with:
      repository: cloak/marketplace
      severity: high
      for: 24h
    """)]
[StepOutput("incidents", "The incidents in the way, each with number, title, url, severity and state.")]
internal sealed record IncidentNoneStep
{
    [WithKey("Incidents of this severity and above count, by their labels severity:low to severity:critical.", Values = ["low", "medium", "high", "critical"])]
    public string Severity { get; init; } = "high";

    [WithKey("How long there must have been none: one that was closed within that time counts as well.")]
    public TimeSpan? For { get; init; }

    [WithKey("owner/name of the repository with the incidents; without it the release issue's.")]
    public string? Repository { get; init; }

    [WithKey("Only issues with all of these labels count; without it those labelled incident.")]
    public IReadOnlyList<string> Labels { get; init; } = [];

    [WithKey("Incidents younger than this are tolerated, also those that were closed before they were as old.")]
    public TimeSpan? OlderThan { get; init; }
}
