using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "incident/open",
    StepRole.Action,
    "Opens an incident with the impact and the measurements of the moment; promotions wait until it is closed.",
    """
    uses: incident/open
    with:
      title: Rewards stalled on the canary validators
      impact: Rewards are paid late
      severity: high
    """)]
[StepOutput("number", "The incident's number.")]
[StepOutput("url", "The incident's page.")]
internal sealed record IncidentOpenStep
{
    [WithKey("One line.")]
    public required string Title { get; init; }

    [WithKey("Who is hit, and how.")]
    public string? Impact { get; init; }

    [WithKey("How bad it is.", Values = ["low", "medium", "high", "critical"])]
    public string Severity { get; init; } = "high";

    [WithKey("owner/name of the repository that takes the issue; without it the release issue's.")]
    public string? Repository { get; init; }

    [WithKey("Labels of the issue.")]
    public IReadOnlyList<string> Labels { get; init; } = [];

    [WithKey("When a remedy is expected, from now.")]
    public TimeSpan? ExpectedWithin { get; init; }

    [WithKey("Audiences that are told.")]
    public IReadOnlyList<string> Notify { get; init; } = [];
}

[StepKind(
    "incident/none",
    StepRole.Check,
    "Passes where no incident of that severity is open, and none was for a while.",
    """
    uses: incident/none
    with:
      severity: high
      for: 24h
    """)]
internal sealed record IncidentNoneStep
{
    [WithKey("Incidents of this severity and above count.", Values = ["low", "medium", "high", "critical"])]
    public string Severity { get; init; } = "high";

    [WithKey("How long there must have been none.")]
    public TimeSpan? For { get; init; }

    [WithKey("owner/name of the repository with the incidents; without it the release issue's.")]
    public string? Repository { get; init; }

    [WithKey("Only issues with these labels count.")]
    public IReadOnlyList<string> Labels { get; init; } = [];

    [WithKey("Open ones younger than this are tolerated.")]
    public TimeSpan? OlderThan { get; init; }
}
