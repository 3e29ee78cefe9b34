using System.Text.Json;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "manual/confirm",
    StepRole.Check,
    "Asks people to confirm something that no program can measure.",
    """
    uses: manual/confirm
    with:
      prompt: Is the support team briefed?
      approvers: [ { group: release-captains } ]
    """)]
internal sealed record ManualConfirmStep
{
    [WithKey("What is asked, in one or two sentences.")]
    public required string Prompt { get; init; }

    [WithKey("Who may answer; without it the playbook's owner.")]
    public IReadOnlyList<Approver> Approvers { get; init; } = [];

    [WithKey(StepParameterType.Any, "How many must confirm: a count, all, or a fraction such as 2/3. Default 1.")]
    public JsonElement? MinApprovals { get; init; }

    [WithKey("True: whoever started the run may not confirm.")]
    public bool PreventSelfApproval { get; init; } = true;

    [WithKey("How long people may take; without it for ever.")]
    public TimeSpan? Timeout { get; init; }

    [WithKey("What silence leads to.", Values = ["hold", "reject", "rollback"])]
    public string OnTimeout { get; init; } = "hold";

    [WithKey(StepParameterType.AddresseeList, "Who is told when nine tenths of the timeout have passed: persons, groups, channels. Default the playbook's owner.")]
    public IReadOnlyList<string> EscalateTo { get; init; } = [];
}
