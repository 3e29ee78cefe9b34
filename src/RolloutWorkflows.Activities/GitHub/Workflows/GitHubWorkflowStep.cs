using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "github/workflow",
    StepRole.Action,
    "Dispatches a GitHub Actions workflow once and waits for its conclusion: success is Passed, anything else Failed. However often the step is tried, it finds its own workflow run and dispatches no second one.",
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
[StepOutput("conclusion", "How the workflow run ended, in GitHub's word.")]
[StepOutput("sha", "The commit it ran on.")]
[StepOutput("jobs", "Each job's conclusion by its name. GitHub tells nobody the outputs of jobs: what a later step must know, the workflow puts where it can be asked for.")]
internal sealed record GitHubWorkflowStep
{
    [WithKey("owner/name. The workflow must be granted to the playbook as owner/name:FILE under workflows.")]
    public required string Repository { get; init; }

    [WithKey("The workflow's file name or number. It must have the trigger workflow_dispatch.")]
    public required string Workflow { get; init; }

    [WithKey("The branch or tag to run on; GitHub takes no commit here.")]
    public string Ref { get; init; } = "main";

    [WithKey("The workflow's inputs.")]
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    [WithKey("The name of an input of the workflow that it shows in its run-name. It is given a mark of its own, by which the workflow run is found for sure where GitHub's answer was lost; without it the run is told by time, account and branch.")]
    public string? CorrelationInput { get; init; }

    [WithKey("How long to wait for the workflow run, and for a GitHub that does not answer; then the step is Errored and holds, and a retry goes on waiting for the same run.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
