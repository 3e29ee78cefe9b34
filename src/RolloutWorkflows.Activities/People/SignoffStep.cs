using System.Text.Json;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "signoff",
    StepRole.Check,
    "Collects the sign-offs of a named group; nobody can ignore a missing one.",
    """
    uses: signoff
    with:
      prompt: The maintenance window suits us
      by: [ { group: validators } ]
      minApprovals: all
      timeout: 5d
    """)]
internal sealed record SignoffStep
{
    [WithKey("What is signed.")]
    public required string Prompt { get; init; }

    [WithKey("Who signs.")]
    public required IReadOnlyList<Approver> By { get; init; }

    [WithKey(StepParameterType.Any, "How many must sign: a count, all, or a fraction such as 2/3. Default all.")]
    public JsonElement? MinApprovals { get; init; }

    [WithKey("True: whoever started the run may not sign.")]
    public bool PreventSelfApproval { get; init; } = true;

    [WithKey("How long people may take; without it for ever.")]
    public TimeSpan? Timeout { get; init; }

    [WithKey("What silence leads to.", Values = ["hold", "reject", "rollback"])]
    public string OnTimeout { get; init; } = "hold";

    [WithKey(StepParameterType.AddresseeList, "Who is told when nine tenths of the timeout have passed: persons, groups, channels. Default the playbook's owner.")]
    public IReadOnlyList<string> EscalateTo { get; init; } = [];
}
