using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "github/workflow",
    StepRole.Action,
    "Dispatches a GitHub Actions workflow and waits for its conclusion.",
    """
    uses: github/workflow
    with:
      repository: chain/node
      workflow: deploy.yml
      ref: main
      inputs: { environment: testnet }
    irreversible: true
    """,
    Effect = StepEffect.Irreversible)]
[StepOutput("runId", "The workflow run's number.")]
[StepOutput("url", "The workflow run's page.")]
[StepOutput("conclusion", "How the workflow run ended.")]
internal sealed record GitHubWorkflowStep
{
    [WithKey("owner/name.")]
    public required string Repository { get; init; }

    [WithKey("The workflow's file name or number.")]
    public required string Workflow { get; init; }

    [WithKey("The branch or tag to run on.")]
    public string Ref { get; init; } = "main";

    [WithKey("The workflow's inputs.")]
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    [WithKey("How long the workflow may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}

[StepKind(
    "github/checks",
    StepRole.Check,
    "Passes where the checks of a commit are green.",
    """
    uses: github/checks
    with:
      repository: cloak/marketplace
      ref: "${{ inputs.commit }}"
    """)]
internal sealed record GitHubChecksStep
{
    [WithKey("owner/name.")]
    public required string Repository { get; init; }

    [WithKey("The commit, branch or tag.")]
    public required string Ref { get; init; }

    [WithKey("The checks that must be green; without it all that ran, and at least one.")]
    public IReadOnlyList<string> Checks { get; init; } = [];

    [WithKey("A check older than this does not count.")]
    public TimeSpan? MaxAge { get; init; }
}
