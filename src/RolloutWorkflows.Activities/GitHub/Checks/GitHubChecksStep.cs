using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "github/checks",
    StepRole.Check,
    "Passes where the checks and statuses of a commit are green: success, neutral or skipped. One that is red, or that did not run, is Failed; while some still run it waits.",
    """
    uses: github/checks
    with:
      repository: cloak/marketplace
      ref: "${{ inputs.commit }}"
    """)]
[StepOutput("sha", "The commit that was looked at, all 40 digits. A branch or tag is looked up once, at the first look.")]
[StepOutput("checks", "The names of the checks that counted.")]
[StepOutput("red", "The names of those that are not green.")]
internal sealed record GitHubChecksStep
{
    [WithKey("owner/name.")]
    public required string Repository { get; init; }

    [WithKey("The commit, branch or tag.")]
    public required string Ref { get; init; }

    [WithKey("The checks and statuses that must be green, by name; without it all that ran, and at least one. Of several with one name and App the latest counts.")]
    public IReadOnlyList<string> Checks { get; init; } = [];

    [WithKey("A check that finished longer ago does not count.")]
    public TimeSpan? MaxAge { get; init; }

    [WithKey("How long checks that still run, and a GitHub that does not answer, are waited for; then the step is Errored. A guardrail does not wait: it is Inconclusive while checks run.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
