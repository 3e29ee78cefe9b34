using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "incident/open",
    StepRole.Action,
    "Opens an incident: a GitHub issue with the impact and the measurements of the moment. The run's promotions wait until it is closed. One of the same run, stage and title is brought up to date instead, and opened again where it was closed.",
    """
    uses: incident/open
    with:
      repository: chain/node
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

    [WithKey("How bad it is; becomes the label severity:low to severity:critical, beside the label incident.", Values = ["low", "medium", "high", "critical"])]
    public string Severity { get; init; } = "high";

    [WithKey("owner/name of the repository that takes the issue; without it the release issue's.")]
    public string? Repository { get; init; }

    [WithKey("More labels of the issue; those that are missing are made.")]
    public IReadOnlyList<string> Labels { get; init; } = [];

    [WithKey("When a remedy is expected, from now.")]
    public TimeSpan? ExpectedWithin { get; init; }

    [WithKey(StepParameterType.ChannelNameList, "Audiences from the playbook's channels that are told.")]
    public IReadOnlyList<string> Notify { get; init; } = [];
}
